/**
 * Decides when to request the output of a terminal from VS Code, which reports it only after a pause of 50 ms and buffers it without limit
 * until then (its renderer's `accumulate` waits for silence, seen in 1.139.1). Without a request, the output of a service that never
 * pauses is not reported, and 200 MB arrive in chunks of 60 MB. The request is a new execution: it makes VS Code report and drop the
 * buffer at once.
 */

/** How a terminal is used, as the system reports it to an outside process. */
export interface TerminalUse {
  /** A process is waiting to write, because the terminal is not read fast enough. */
  readonly isBlocked: boolean;
  /** A time of writing in ms since the epoch, at most 1 s too early. It is any time within the last 8 s of writing, not the last one. */
  readonly writtenAt: number;
}

/** VS Code keeps everything that a stream has yielded until its execution ends (seen in 1.139.1: 1 MB for every 2 MB). */
const maxStreamCharacters = 2 * 1024 * 1024;

// How often a terminal is checked.
const blockedCheckIntervalMs = 500;
const awaitedCheckIntervalMs = 1000;
const idleCheckIntervalMs = 2000;
/** For a terminal that nothing has been written to for a minute, as are most of those of a quiet window. */
const quietCheckIntervalMs = 4000;
const quietAfterMs = 60_000;

/** For a terminal that is written to without a pause. Each request leaves a mark in the scrollbar, so it is rare where nothing waits for it. */
const steadyRequestIntervalMs = 10_000;
/** How long a run that becomes ready by a line of its output is checked more often. */
const awaitedPeriodMs = 60_000;
/** How long the output of such a run is requested without any sign of output. */
const firstOutputPeriodMs = 10_000;
/** Output within this time answers a request; later output was reported without it. */
const answerTimeoutMs = 500;
/** The interval between requests that bring no output doubles up to this. */
const maxRequestIntervalMs = 60_000;

/** For one run in one terminal. All times are in ms since the epoch. */
export class OutputPoller {
  #takenCharacters = 0;
  #limitCharacters = maxStreamCharacters;
  #heardAt = 0;
  #requestedAt = 0;
  #nextCheckAt = 0;
  /** A new terminal reports its creation as a time of writing. */
  #createdAt: number | undefined;
  #blockedSince: number | undefined;
  /** Requests in a row that have brought no output. */
  #unanswered = 0;
  #isRequesting = false;

  constructor(private readonly since: number) {}

  /** Since when a process has been waiting to write while no output arrives: the terminal accepts none. */
  get blockedSince(): number | undefined {
    return this.#blockedSince;
  }

  /** To be called when the terminal was seen to accept output between two checks. */
  flows(): void {
    this.#blockedSince = undefined;
  }

  /** To be called when a new execution, with a new stream, has started. */
  began(): void {
    this.#takenCharacters = 0;
    this.#limitCharacters = maxStreamCharacters;
  }

  heard(chunk: string, now: number): void {
    this.#takenCharacters += chunk.length;
    if (isMarkAlone(chunk)) return;
    this.#heardAt = now;
    this.#unanswered = 0;
    this.#blockedSince = undefined;
  }

  /** Whether the stream is so long that a new execution should replace it. */
  isTooLong(): boolean {
    return !this.#isRequesting && this.#takenCharacters >= this.#limitCharacters;
  }

  /** Returns in how many ms the terminal has to be checked, 0 when it is due. While output is being requested it is not checked. */
  dueIn(now: number): number {
    if (this.#isRequesting) return blockedCheckIntervalMs;
    const wait = this.#nextCheckAt - now;
    // A clock that was set back must not stop the checks until it has caught up.
    return wait > quietCheckIntervalMs ? 0 : Math.max(0, wait);
  }

  /** To be called when the system reports nothing about the terminal. */
  unseen(now: number): void {
    this.#nextCheckAt = now + idleCheckIntervalMs;
    this.#blockedSince = undefined;
  }

  /** Returns whether to request the output now, after a check of the terminal. `isAwaited`: a line of the output makes the service ready. */
  looked(use: TerminalUse, now: number, isAwaited: boolean): boolean {
    const isUrgent = isAwaited && now - this.since < awaitedPeriodMs;
    this.#nextCheckAt = now + (isUrgent && !use.isBlocked ? awaitedCheckIntervalMs : checkInterval(use, now));
    this.#createdAt ??= use.writtenAt;
    this.#blockedSince = use.isBlocked ? (this.#blockedSince ?? now) : undefined;
    if (this.#isRequesting) return false;
    const elapsed = this.#sinceRequest(now);
    if (use.isBlocked) return elapsed >= this.#requestInterval(blockedCheckIntervalMs);
    if (isUrgent && this.#heardAt === 0 && now - this.since < firstOutputPeriodMs)
      return elapsed >= this.#requestInterval(awaitedCheckIntervalMs);
    if (this.#isAnswered()) return elapsed >= (isUrgent ? awaitedCheckIntervalMs : steadyRequestIntervalMs);
    const isUnreported = use.writtenAt > Math.max(this.#heardAt, this.#requestedAt, this.#createdAt);
    return isUnreported && now - use.writtenAt >= awaitedCheckIntervalMs;
  }

  /** To be called before a request. */
  asking(now: number): void {
    this.#isRequesting = true;
    this.#requestedAt = now;
    this.#unanswered += 1;
  }

  /**
   * To be called after a request. `isBegun`: VS Code starts a new execution soon. Otherwise the terminal accepted no mark, and the long
   * stream continues for now.
   */
  asked(isBegun: boolean): void {
    this.#isRequesting = false;
    const taken = this.#takenCharacters;
    this.#limitCharacters = isBegun ? Infinity : taken + Math.max(maxStreamCharacters, taken) / 16;
  }

  /** A clock that was set back would show a request of the future. */
  #sinceRequest(now: number): number {
    const passed = now - Math.max(this.#requestedAt, this.since);
    return passed < 0 ? Infinity : passed;
  }

  #isAnswered(): boolean {
    const after = this.#heardAt - this.#requestedAt;
    return this.#requestedAt > 0 && after >= 0 && after < answerTimeoutMs;
  }

  #requestInterval(shortestMs: number): number {
    return Math.min(shortestMs * 2 ** this.#unanswered, maxRequestIntervalMs);
  }
}

function checkInterval({ isBlocked, writtenAt }: TerminalUse, now: number): number {
  if (isBlocked) return blockedCheckIntervalMs;
  return now - writtenAt >= quietAfterMs ? quietCheckIntervalMs : idleCheckIntervalMs;
}

/** Each request produces at least its own mark. */
const isMarkAlone = (chunk: string): boolean => chunk.length < 64 && chunk.replaceAll(marks, '') === '';

// eslint-disable-next-line no-control-regex -- OSC 633 as it appears in the output.
const marks = /\u001b\]633;[A-D]\u0007/g;
