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

interface LastAnswer {
  readonly address: string;
  /** Whether the answer was as expected. */
  readonly isGood: boolean;
}

/** Which address of each port answered last. It halves the cost of a probe in steady state, and decides nothing. */
const answered = new Map<number, LastAnswer>();

/** How long a server that answers, but not as expected, is asked on one address only: on both it is often the same server. */
const otherAddressPauseMs = 2000;
/** When the other addresses of each port were asked last although one had answered (ms of the monotonic clock). */
const othersAsked = new Map<number, number>();

/** Whether the others are asked as well, after an answer that was not as expected. Remembers that they are. */
function mayAskOthers(port: number): boolean {
  const now = performance.now();
  if (now - (othersAsked.get(port) ?? -Infinity) < otherAddressPauseMs) return false;
  othersAsked.set(port, now);
  return true;
}

/** Remembers an answer; a bad one only where no other address has given a good one. */
function remember({ address, port }: Destination, isGood: boolean): void {
  const known = answered.get(port);
  if (isGood || known === undefined || known.address === address) answered.set(port, { address, isGood });
  // Without an address that answered before, all were asked at the same time.
  if (known === undefined) othersAsked.set(port, performance.now());
}

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
  const favourite = targets.find(({ port, address }) => answered.get(port)?.address === address);
  const isEnough = favourite !== undefined && answered.get(favourite.port)?.isGood === false && !mayAskOthers(favourite.port);
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
      if (attempt.ok || attempt.status !== undefined) remember(target, attempt.ok);
      if (attempt.ok || (isEnough && attempt.status !== undefined)) {
        resolve(attempt);
        return;
      }
      tryWaiting();
      if (seen.length === targets.length) resolve(mostInformative(seen));
    };
    const tryWaiting = (): void => {
      for (const target of waiting.splice(0)) tryOne(target).catch(reject);
    };
    if (favourite === undefined) tryWaiting();
    else {
      tryOne(favourite).catch(reject);
      if (!isEnough) timer = setTimeout(tryWaiting, headStartMs);
    }
  }).finally(() => {
    waiting = [];
    clearTimeout(timer);
    signal.removeEventListener('abort', abortAll);
    abortAll();
  });
}
