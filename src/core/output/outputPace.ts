/**
 * When VS Code is to be asked for the output of a terminal. By itself it tells what was written only after a pause of 50 ms, and until
 * then it keeps it, however much that is (its renderer's `accumulate` waits for silence, seen in 1.139.1): a service that never pauses
 * is not heard, and of 200 MB pieces of 60 MB come. A new execution makes it tell at once, and forget what it has told.
 */

/** What the system tells of a terminal to somebody who takes no part in it. */
export interface TerminalUse {
  /** Somebody is in the middle of writing and has to wait, because nobody reads fast enough. */
  readonly isBlocked: boolean;
  /** A time of writing in ms since the epoch, too early by less than a second: not the last one, only one of the last 8 s of writing. */
  readonly writtenAt: number;
}

/** VS Code keeps all that a stream has yielded until its execution ends (seen in 1.139.1: 1 MB for every 2 MB). In characters. */
const longestStream = 2 * 1024 * 1024;

/** How often a terminal is looked at, in ms: one that is flooded, one whose words are waited for, any other. */
const busy = 500;
const eager = 1000;
const calm = 2000;
/**
 * Between two askings of a terminal that is written to without a pause, in ms. Each leaves a mark in its scrollbar, so it is seldom where
 * nothing waits for the answer.
 */
const seldom = 10_000;
/** A run that is ready by a line of its output is looked at eagerly for so long, and asked without a sign in its first seconds. In ms. */
const eagerness = 60_000;
const youth = 10_000;
/** An answer comes so soon (ms); what comes later came by itself. */
const answerTime = 500;
/** In ms: asked in vain again and again, the pause grows up to this. */
const longestPause = 60_000;

/** Of one run in one terminal. All times are in ms since the epoch. */
export class OutputPace {
  #taken = 0;
  #due = longestStream;
  #heardAt = 0;
  #askedAt = 0;
  #nextLookAt = 0;
  /** A new terminal counts as written to when it was made. */
  #madeAt: number | undefined;
  #blockedSince: number | undefined;
  /** Askings in a row that brought nothing so far. */
  #vain = 0;
  #isAsking = false;

  constructor(private readonly since: number) {}

  /** Since when somebody waits to write while nothing is heard of the terminal: it takes no output. */
  get blockedSince(): number | undefined {
    return this.#blockedSince;
  }

  /** A new execution, with a new stream. */
  began(): void {
    this.#taken = 0;
    this.#due = longestStream;
  }

  heard(chunk: string, now: number): void {
    this.#taken += chunk.length;
    if (isMarkAlone(chunk)) return;
    this.#heardAt = now;
    this.#vain = 0;
    this.#blockedSince = undefined;
  }

  isTooLong(): boolean {
    return !this.#isAsking && this.#taken >= this.#due;
  }

  isLookDue(now: number): boolean {
    return !this.#isAsking && now >= this.#nextLookAt;
  }

  /** Nothing is to be seen of the terminal. */
  unseen(now: number): void {
    this.#nextLookAt = now + calm;
    this.#blockedSince = undefined;
  }

  /** Whether to ask now, after a look at the terminal. `isAwaited`: a line of the output tells when the service is ready. */
  looked(use: TerminalUse, now: number, isAwaited: boolean): boolean {
    const isEager = isAwaited && now - this.since < eagerness;
    this.#nextLookAt = now + (use.isBlocked ? busy : isEager ? eager : calm);
    this.#madeAt ??= use.writtenAt;
    this.#blockedSince = use.isBlocked ? (this.#blockedSince ?? now) : undefined;
    if (this.#isAsking) return false;
    const silence = now - Math.max(this.#askedAt, this.since);
    if (use.isBlocked) return silence >= this.#pause(busy);
    if (isEager && this.#heardAt === 0 && now - this.since < youth) return silence >= this.#pause(eager);
    if (this.#isAnswered()) return silence >= (isEager ? eager : seldom);
    return use.writtenAt > Math.max(this.#heardAt, this.#askedAt, this.#madeAt) && now - use.writtenAt >= eager;
  }

  asking(now: number): void {
    this.#isAsking = true;
    this.#askedAt = now;
    this.#vain += 1;
  }

  /** `isBegun`: VS Code begins a new execution soon. Otherwise the terminal took no mark, and the long stream goes on for now. */
  asked(isBegun: boolean): void {
    this.#isAsking = false;
    this.#due = isBegun ? Infinity : this.#taken + Math.max(longestStream, this.#taken) / 16;
  }

  #isAnswered(): boolean {
    const after = this.#heardAt - this.#askedAt;
    return this.#askedAt > 0 && after >= 0 && after < answerTime;
  }

  #pause(shortest: number): number {
    return Math.min(shortest * 2 ** this.#vain, longestPause);
  }
}

/** Each asking brings the mark that it was, if nothing else. */
const isMarkAlone = (chunk: string): boolean => chunk.length < 64 && chunk.replaceAll(marks, '') === '';

// eslint-disable-next-line no-control-regex -- OSC 633 as it stands in the output.
const marks = /\u001b\]633;[A-D]\u0007/g;
