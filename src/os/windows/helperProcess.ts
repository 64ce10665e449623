/** The helper process as the extension host sees it: started with the first question, ended when idle, started again after a crash. */
import type { Clock, Disposable } from '../../app/ports';
import type { ProcessIdentity, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import { t } from '../../core/wording/l10n';
import type { NativeSource } from './ports';
import { readAnswer, readReply, type Answers, type QuestionKind, type QuestionOf, type Reply, type Request } from './questions';

/** A running helper. */
export interface HelperChannel {
  send(request: Request): void;
  /** Ends the helper. */
  close(): void;
}

export interface HelperEvents {
  readonly received: (message: unknown) => void;
  readonly ended: () => void;
}

export type StartHelper = (events: HelperEvents) => HelperChannel;

/** A helper that is not asked anything, and watches nothing, ends after this time. */
const idleMs = 30_000;
/** The slowest call lists thousands of sockets. A call that takes longer hangs, and the helper is ended with it. */
const answerTimeoutMs = 20_000;
/** So many ends without a single answer in between mean that it cannot be used for now. */
const maxFruitlessStarts = 3;
/** A helper that answers and crashes, again and again, would start for ever while something is watched. */
const maxCrashes = 10;
/** After this time it is tried again. */
const outageMs = 5 * 60_000;

interface Pending {
  readonly settle: (reading: Reading<unknown>) => void;
  readonly deadline: Disposable;
}

interface Watch {
  readonly process: ProcessIdentity;
  readonly ended: () => void;
}

/** `until` is by `clock.elapsed()`. */
interface Outage {
  readonly why: string;
  readonly until: number;
}

export class HelperProcess implements NativeSource {
  #channel: HelperChannel | undefined;
  #outage: Outage | undefined;
  #fruitlessStarts = 0;
  #crashes = 0;
  #lastId = 0;
  #idle: Disposable | undefined;
  readonly #pending = new Map<number, Pending>();
  readonly #watches = new Set<Watch>();

  constructor(
    private readonly start: StartHelper,
    private readonly clock: Clock,
  ) {}

  isUsable(): boolean {
    return this.#presentOutage === undefined;
  }

  get #presentOutage(): Outage | undefined {
    if (this.#outage !== undefined && this.clock.elapsed() >= this.#outage.until) {
      this.#outage = undefined;
      this.#fruitlessStarts = 0;
      this.#crashes = 0;
    }
    return this.#outage;
  }

  async ask<K extends QuestionKind>(question: QuestionOf<K>): Promise<Reading<Answers[K]>> {
    const reading = await this.#request(question);
    if (reading.kind === 'unavailable') return reading;
    const answer = readAnswer<K>(question.kind, reading.value);
    return answer === undefined ? unavailable(t('Windows gave an answer that is not understood.')) : known(answer);
  }

  awaitExit(process: ProcessIdentity, ended: () => void): Disposable {
    const watch = { process, ended };
    this.#watches.add(watch);
    void this.#watch(watch);
    return {
      dispose: () => {
        if (!this.#watches.delete(watch) || this.#channel === undefined || this.#isWatched(process)) return;
        const { pid, born } = process;
        void this.ask<'unwatch'>({ kind: 'unwatch', pid, born });
      },
    };
  }

  async #watch(watch: Watch): Promise<void> {
    const { pid, born } = watch.process;
    // An identity that was never verified has no start time to compare: its end is seen otherwise.
    if (!/^\d+$/.test(born)) return;
    const answer = await this.ask<'watch'>({ kind: 'watch', pid, born });
    if (answer.kind === 'known' && answer.value === 'gone') this.#exited(watch.process);
  }

  #isWatched = ({ pid, born }: ProcessIdentity): boolean =>
    [...this.#watches].some(({ process }) => process.pid === pid && process.born === born);

  #request(question: Request['question']): Promise<Reading<unknown>> {
    const outage = this.#presentOutage;
    if (outage !== undefined) return Promise.resolve(unavailable(outage.why));
    return new Promise((settle) => {
      const id = ++this.#lastId;
      const deadline = this.clock.after(answerTimeoutMs, () => this.#hung());
      this.#pending.set(id, { settle, deadline });
      this.#idle?.dispose();
      try {
        this.#running().send({ id, question });
      } catch (error) {
        this.#ended(error instanceof Error ? error.message : String(error));
      }
    });
  }

  #running(): HelperChannel {
    if (this.#channel !== undefined) return this.#channel;
    this.#fruitlessStarts++;
    // Events of a helper that was given up say nothing of the next one.
    const isPresent = (): boolean => this.#channel === channel;
    const channel: HelperChannel = this.start({
      received: (message) => isPresent() && this.#received(readReply(message)),
      ended: () => isPresent() && this.#ended(t('The helper process that asks Windows has ended.')),
    });
    this.#channel = channel;
    return channel;
  }

  #received(reply: Reply | undefined): void {
    switch (reply?.kind) {
      case 'unusable':
        this.#outage = { why: reply.why, until: Infinity };
        this.#ended(reply.why);
        break;
      case 'answer':
        this.#fruitlessStarts = 0;
        this.#settle(reply.id, known(reply.answer));
        break;
      case 'failure':
        this.#settle(reply.id, unavailable(t('Windows could not be asked: {0}', reply.why)));
        break;
      case 'exited':
        this.#exited(reply);
        break;
      case 'ready':
      case undefined:
        break;
    }
  }

  #settle(id: number, reading: Reading<unknown>): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.deadline.dispose();
    pending?.settle(reading);
    this.#restSoon();
  }

  #exited({ pid, born }: ProcessIdentity): void {
    for (const watch of [...this.#watches]) {
      if (watch.process.pid !== pid || watch.process.born !== born) continue;
      this.#watches.delete(watch);
      // A listener that throws must not keep the others from being called.
      queueMicrotask(watch.ended);
    }
    this.#restSoon();
  }

  #restSoon(): void {
    this.#idle?.dispose();
    if (this.#pending.size > 0 || this.#watches.size > 0 || this.#channel === undefined) return;
    this.#idle = this.clock.after(idleMs, () => this.#close());
  }

  #close(): void {
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.close();
  }

  #hung(): void {
    this.#ended(t('Windows gave no answer within {0} ms.', answerTimeoutMs));
  }

  /** Whatever it was asked is not known: that is never an end of a process, and never a reason to end one. */
  #ended(why: string): void {
    this.#close();
    this.#crashes++;
    if (this.#fruitlessStarts >= maxFruitlessStarts || this.#crashes >= maxCrashes)
      this.#outage ??= { why, until: this.clock.elapsed() + outageMs };
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { deadline, settle } of pending) {
      deadline.dispose();
      settle(unavailable(why));
    }
    if (this.#outage === undefined) for (const watch of this.#watches) void this.#watch(watch);
  }
}
