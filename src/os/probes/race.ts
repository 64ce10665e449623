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

/** One attempt, which ends early when `signal` aborts. */
type Run<T> = (target: T, signal: AbortSignal) => Promise<Attempt>;

/**
 * Returns the first success, which aborts the other attempts, or else the most informative failure. All are tried at the same time,
 * but the one that answered last time gets a head start as long as it does not fail. `limit` ends them all; it is aborted here only
 * to end the attempt with the head start.
 */
export function race<T extends Destination>(targets: readonly T[], limit: AbortController, run: Run<T>): Promise<Attempt> {
  const attempt: Run<T> = async (target, signal) => {
    const seen = await run(target, signal);
    if (seen.ok || seen.status !== undefined) remember(target, seen.ok);
    return seen;
  };
  const favourite = favouriteOf(targets);
  return favourite === undefined
    ? together(targets, limit.signal, attempt)
    : withHeadStart({ favourite, targets }, limit, attempt);
}

/** The one that answered last. */
export const favouriteOf = <T extends Destination>(targets: readonly T[]): T | undefined =>
  targets.find(({ port, address }) => answered.get(port)?.address === address);

/** Nearly every probe consists of the favourite's attempt: it has no controller of its own, and the others get theirs when they begin. */
function withHeadStart<T extends Destination>(
  { favourite, targets }: { readonly favourite: T; readonly targets: readonly T[] },
  limit: AbortController,
  attempt: Run<T>,
): Promise<Attempt> {
  const isEnough = answered.get(favourite.port)?.isGood === false && !mayAskOthers(favourite.port);
  return new Promise((resolve, reject) => {
    let own: Attempt | undefined;
    let others: Others | undefined;
    const tryOthers = (): Promise<Attempt> => {
      others ??= startOthers(
        targets.filter((target) => target !== favourite),
        limit.signal,
        attempt,
      );
      return others.found;
    };
    const tryOthersMeanwhile = async (): Promise<void> => {
      const other = await tryOthers();
      if (!other.ok || own !== undefined) return;
      resolve(other);
      limit.abort(over);
    };
    const isOnly = targets.length === 1;
    const timer = isOnly || isEnough ? undefined : setTimeout(() => void tryOthersMeanwhile().catch(reject), headStartMs);
    const tryFavourite = async (): Promise<Attempt> => {
      try {
        own = await attempt(favourite, limit.signal);
        if (isOnly || own.ok || (isEnough && own.status !== undefined)) return own;
        const other = await tryOthers();
        return other.ok ? other : mostInformative([own, other]);
      } finally {
        clearTimeout(timer);
        others?.abort();
      }
    };
    tryFavourite().then(resolve, reject);
  });
}

interface Others {
  readonly found: Promise<Attempt>;
  abort(): void;
}

function startOthers<T>(targets: readonly T[], limit: AbortSignal, attempt: Run<T>): Others {
  const own = new AbortController();
  return { found: together(targets, AbortSignal.any([limit, own.signal]), attempt), abort: () => own.abort(over) };
}

/** All at the same time. */
function together<T>(targets: readonly T[], signal: AbortSignal, attempt: Run<T>): Promise<Attempt> {
  const running = new Set<AbortController>();
  const seen: Attempt[] = [];
  const abortAll = (): void => running.forEach((each) => each.abort(over));
  signal.addEventListener('abort', abortAll, { once: true });
  return new Promise<Attempt>((resolve, reject) => {
    const tryOne = async (target: T): Promise<void> => {
      const own = new AbortController();
      running.add(own);
      if (signal.aborted) own.abort(over);
      const found = await attempt(target, own.signal);
      running.delete(own);
      seen.push(found);
      if (found.ok) resolve(found);
      else if (seen.length === targets.length) resolve(mostInformative(seen));
    };
    for (const target of targets) tryOne(target).catch(reject);
  }).finally(() => {
    signal.removeEventListener('abort', abortAll);
    abortAll();
  });
}
