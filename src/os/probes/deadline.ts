/** The promise of every probe and check: it ends in time, whatever the other side does. */
import { type Attempt, failed } from './attempt';

/** How long the network stack may still report its own error after the deadline. */
const lateReportMs = 10;

/**
 * Runs the attempt with a signal that fires after `timeout` ms or when the caller's does. When an attempt ignores the signal or
 * throws, a failure is returned in its place: a poller must neither wait for ever nor break.
 */
export function withinDeadline(
  timeout: number,
  outer: AbortSignal,
  run: (signal: AbortSignal) => Promise<Attempt>,
): Promise<Attempt> {
  return new Promise((resolve) => {
    const inner = new AbortController();
    let last: NodeJS.Timeout | undefined;
    const stop = (): void => {
      inner.abort('late');
      last ??= setTimeout(() => settle(failed({ kind: 'noAnswer', timeout })), lateReportMs);
    };
    const timer = setTimeout(stop, timeout);
    const settle = (attempt: Attempt): void => {
      clearTimeout(timer);
      clearTimeout(last);
      outer.removeEventListener('abort', stop);
      resolve(attempt);
    };
    if (outer.aborted) stop();
    else outer.addEventListener('abort', stop, { once: true });
    run(inner.signal).then(settle, (error: unknown) => settle(failed({ kind: 'unreachable', detail: String(error) })));
  });
}
