/** The promise of every probe and check: it ends in time, whatever the other side does. */
import { type Attempt, failed } from './attempt';

/** How long the network stack may still report its own error after the deadline. */
const lateReportMs = 10;

/**
 * Runs the attempt with a limit that is aborted after `timeout` ms or when the caller's signal is. When an attempt ignores that or
 * throws, a failure is returned in its place: a poller must neither wait for ever nor break. The attempt may abort the limit itself,
 * to end what it has begun. `passed`: how much of the timeout is over, in ms.
 */
export function withinDeadline(
  timeout: number,
  outer: AbortSignal,
  run: (limit: AbortController) => Promise<Attempt>,
  passed = 0,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const limit = new AbortController();
    let last: NodeJS.Timeout | undefined;
    const stop = (): void => {
      limit.abort('late');
      last ??= setTimeout(() => settle(failed({ kind: 'noAnswer', timeout })), lateReportMs);
    };
    const timer = setTimeout(stop, timeout - passed);
    const settle = (attempt: Attempt): void => {
      clearTimeout(timer);
      clearTimeout(last);
      outer.removeEventListener('abort', stop);
      resolve(attempt);
    };
    if (outer.aborted) stop();
    else outer.addEventListener('abort', stop, { once: true });
    run(limit).then(settle, (error: unknown) => settle(failed({ kind: 'unreachable', detail: String(error) })));
  });
}
