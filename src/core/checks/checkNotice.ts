/** The checks of a service in one short sentence. */
import { shownName } from './checks';
import type { CheckResult } from './checks';
import { t } from '../wording/l10n';

export interface CheckNotice {
  readonly ok: boolean;
  readonly text: string;
}

/** Of several failures the first one is told. */
export function checkNotice(name: string, results: readonly CheckResult[]): CheckNotice {
  const failed = results.filter(({ ok }) => !ok);
  const [first] = failed;
  const all = results.length;
  if (first === undefined) {
    return { ok: true, text: all === 1 ? t('{0}: 1 of 1 check passed.', name) : t('{0}: {1} of {1} checks passed.', name, all) };
  }
  const count = all === 1 ? t('{0}: 1 of 1 check failed.', name) : t('{0}: {1} of {2} checks failed.', name, failed.length, all);
  return { ok: false, text: `${count} ${shownName(first.name)}: ${first.message ?? ''}` };
}
