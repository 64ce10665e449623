/** The checks of a service in one short sentence. */
import type { CheckResult } from '../checks';

export interface CheckNotice {
  readonly ok: boolean;
  readonly text: string;
}

/** Of several failures the first one is told. */
export function checkNotice(name: string, results: readonly CheckResult[]): CheckNotice {
  const failed = results.filter(({ ok }) => !ok);
  const [first] = failed;
  const count = results.length === 1 ? 'check' : 'checks';
  if (first === undefined) return { ok: true, text: `${name}: ${results.length} of ${results.length} ${count} passed.` };
  return {
    ok: false,
    text: `${name}: ${failed.length} of ${results.length} ${count} failed. ${first.name}: ${first.message ?? ''}`,
  };
}
