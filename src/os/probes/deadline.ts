/** The promise of every probe and check: it ends in time, whatever the other side does. */
import { type Attempt, failed } from './attempt';

/** What a network stack gets, after the deadline, to say itself what it saw. In ms. */
const grace = 10;

/**
 * Runs the attempt with a signal that fires after `timeout` ms or when the caller's does. An attempt that
 * ignores the signal, or throws, is answered for: a poller must never wait for ever nor break.
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
      last ??= setTimeout(() => settle(failed({ kind: 'noAnswer', timeout })), grace);
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
