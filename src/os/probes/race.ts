/** Several addresses for one question: `localhost` may mean 127.0.0.1 or ::1, and a server may listen on only one. */
import { type Attempt, mostInformative } from './attempt';

interface Destination {
  readonly address: string;
  readonly port: number;
}

/** How long the address that answered last time is probed alone. */
const headStartMs = 50;

/** A reason at hand: for each call without one Node makes an exception with its stack. */
const over = 'over';

/** The address on which each port answered last. It halves the cost of a probe in steady state, and decides nothing. */
const answered = new Map<number, string>();

/**
 * Returns the first success, which aborts the other attempts, or else the most informative failure. All are tried at the same time,
 * but the one that answered last time gets a head start as long as it does not fail.
 */
export function race<T extends Destination>(
  targets: readonly T[],
  signal: AbortSignal,
  run: (target: T, signal: AbortSignal) => Promise<Attempt>,
): Promise<Attempt> {
  const running = new Set<AbortController>();
  const seen: Attempt[] = [];
  const abortAll = (): void => running.forEach((each) => each.abort(over));
  signal.addEventListener('abort', abortAll, { once: true });
  const favourite = targets.find((target) => answered.get(target.port) === target.address);
  let waiting = targets.filter((target) => target !== favourite);
  let timer: NodeJS.Timeout | undefined;

  return new Promise<Attempt>((resolve, reject) => {
    const tryOne = async (target: T): Promise<void> => {
      const own = new AbortController();
      running.add(own);
      if (signal.aborted) own.abort(over);
      const attempt = await run(target, own.signal);
      running.delete(own);
      seen.push(attempt);
      if (attempt.ok) {
        answered.set(target.port, target.address);
        resolve(attempt);
      } else {
        tryWaiting();
        if (seen.length === targets.length) resolve(mostInformative(seen));
      }
    };
    const tryWaiting = (): void => {
      for (const target of waiting.splice(0)) tryOne(target).catch(reject);
    };
    if (favourite === undefined) tryWaiting();
    else {
      tryOne(favourite).catch(reject);
      timer = setTimeout(tryWaiting, headStartMs);
    }
  }).finally(() => {
    waiting = [];
    clearTimeout(timer);
    signal.removeEventListener('abort', abortAll);
    abortAll();
  });
}
