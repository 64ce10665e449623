/** The result of one attempt at one address, and which of several results is the most informative. */
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

/** Most informative first: a response says more than a hang, and a hang more than a refused connection. */
const byInformation: readonly ProbeFailure['kind'][] = [
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

export function mostInformative(failures: readonly Attempt[]): Attempt {
  const rank = (attempt: Attempt): number => (attempt.ok ? -1 : byInformation.indexOf(attempt.failure.kind));
  const [best] = [...failures].sort((a, b) => rank(a) - rank(b));
  return best ?? failed({ kind: 'unreachable', detail: t('There is no address to try.') });
}
