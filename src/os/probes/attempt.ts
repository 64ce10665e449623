/** What one try at one address saw, and which of several tries tells most. */
import type { ProbeFailure } from '../../core/failure';

export type Attempt =
  | { readonly ok: true; readonly status?: number }
  | { readonly ok: false; readonly status?: number; readonly failure: ProbeFailure };

export const failed = (failure: ProbeFailure, status?: number): Attempt =>
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
  return best ?? failed({ kind: 'unreachable', detail: 'There is no address to try.' });
}

/**
 * Tries all addresses at once, because `localhost` may mean 127.0.0.1 or ::1 and a server may listen on only one.
 * The first success ends the others.
 */
export function firstSuccess<T>(
  targets: readonly T[],
  signal: AbortSignal,
  run: (target: T, signal: AbortSignal) => Promise<Attempt>,
): Promise<Attempt> {
  const running = new Set<AbortController>();
  const abortAll = (): void => running.forEach((each) => each.abort());
  signal.addEventListener('abort', abortAll, { once: true });
  return new Promise<Attempt>((resolve, reject) => {
    const tries = targets.map(async (target) => {
      const own = new AbortController();
      running.add(own);
      if (signal.aborted) own.abort();
      const attempt = await run(target, own.signal);
      running.delete(own);
      if (attempt.ok) resolve(attempt);
      return attempt;
    });
    Promise.all(tries).then((all) => resolve(mostTelling(all)), reject);
  }).finally(() => {
    signal.removeEventListener('abort', abortAll);
    abortAll();
  });
}
