/** The content of the notification about the checks of a service. */
import { shownName } from './checks';
import type { CheckResult } from './checks';
import { t } from '../wording/l10n';

export interface CheckNotification {
  readonly ok: boolean;
  readonly text: string;
}

/** Counts the checks, and shows the message of the first one that failed. */
export function checkNotification(name: string, results: readonly CheckResult[]): CheckNotification {
  const failed = results.filter(({ ok }) => !ok);
  const [first] = failed;
  const all = results.length;
  if (first === undefined) {
    return { ok: true, text: all === 1 ? t('{0}: 1 of 1 check passed.', name) : t('{0}: {1} of {1} checks passed.', name, all) };
  }
  const count = all === 1 ? t('{0}: 1 of 1 check failed.', name) : t('{0}: {1} of {2} checks failed.', name, failed.length, all);
  return { ok: false, text: `${count} ${shownName(first.name)}: ${first.message ?? ''}` };
}
