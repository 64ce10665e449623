/** What one try at one address saw, and which of several tries tells most. */
import type { ProbeFailure } from '../../core/model/failure';
import { t } from '../../core/wording/l10n';
import type { Body } from '../../core/checks/reply';

export type Attempt = Success | Failed;

interface Success {
  readonly ok: true;
  readonly status?: number;
  /** There when it had to be read. */
  readonly body?: Body;
}

interface Failed {
  readonly ok: false;
  readonly status?: number;
  readonly body?: Body;
  readonly failure: ProbeFailure;
}

export const failed = (failure: ProbeFailure, status?: number): Failed =>
  status === undefined ? { ok: false, failure } : { ok: false, status, failure };

/** Most telling first: whatever answered says more than what hangs, and that more than where nobody listens. */
const telling: readonly ProbeFailure['kind'][] = [
  'badBody',
  'badStatus',
  'httpsExpected',
  'httpExpected',
  'notHttp',
  'execFailed',
  'noAnswer',
  'reset',
  'refused',
  'unreachable',
  'unknownHost',
];

export function mostTelling(failures: readonly Attempt[]): Attempt {
  const rank = (attempt: Attempt): number => (attempt.ok ? -1 : telling.indexOf(attempt.failure.kind));
  const [best] = [...failures].sort((a, b) => rank(a) - rank(b));
  return best ?? failed({ kind: 'unreachable', detail: t('There is no address to try.') });
}
