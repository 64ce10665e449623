/** Keeps one log on a page up to date: everything that is kept of the chosen services, then what they write, in few messages. */
import type { LogService, LogToPage } from '../../core/logs/logMessages';
import { packLines } from '../../core/logs/packedLines';
import type { SentLine } from '../../core/logs/packedLines';
import { identityOf } from '../../core/model/identity';
import type { Service } from '../../core/lifecycle/state';
import type { LogLine, LogStore } from '../../core/output/logStore';
import { messageIntervalMs } from '../../core/webview/pageMessage';
import { Lifetime, Slot } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { ServiceStore } from '../store';
import { Cadence } from '../webview/cadence';

/** More lines than a person could read are not sent one by one: the page shows how many are missing. */
const maxLinesPerMessage = 20_000;

/** How often the output of a service that another window supervises is read from its file. */
const followIntervalMs = 1000;

export interface LogFeedParts {
  readonly store: ServiceStore;
  readonly logs: LogStore;
  readonly clock: Clock;
  /** Everything that is kept of a service, on disk as well; oldest first. Never rejects. */
  readWhole(service: Service): Promise<readonly LogLine[]>;
  /** Whether another window supervises it, so that its lines come from its file only. */
  follows(service: Service): boolean;
  /** Takes what the other window has written into the store. Never rejects. */
  refresh(service: Service): Promise<void>;
  describe(service: Service): LogService;
}

/** A chosen service. */
interface Source {
  readonly id: string;
  readonly service: Service;
  /** `seq` of its last line that was taken; Infinity until the snapshot is read. */
  last: number;
}

export class LogFeed implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #cadence: Cadence;
  readonly #followTimer = new Slot();
  /** By identity. */
  #sources = new Map<string, Source>();
  #waiting: { readonly seq: number; readonly line: SentLine }[] = [];
  #skipped = 0;
  #servicesChanged = false;
  /** Ids as requested; none means all. */
  #requested: readonly string[] = [];
  /** The user's latest choice on the page, as counted there. */
  #answers = 0;
  /** Counts choices: what an earlier one still reads is dropped. */
  #choice = 0;

  constructor(
    private readonly parts: LogFeedParts,
    private readonly post: (message: LogToPage) => void,
  ) {
    const { store, logs, clock } = parts;
    this.#cadence = this.#lifetime.add(new Cadence(clock, messageIntervalMs, () => this.#flush()));
    this.#lifetime.add(this.#followTimer);
    this.#lifetime.add(logs.onDidAppend((identity, lines) => this.#take(identity, lines)));
    this.#lifetime.add(
      store.onDidChange((change) => {
        // The log of all services has those that come, and no more those that go.
        if (change === 'all' && !this.#hasSameSources()) {
          void this.choose(this.#requested);
          return;
        }
        this.#servicesChanged = true;
        this.#cadence.request();
      }),
    );
  }

  /** As `choose`, requested on the page as its choice number `count`. */
  chooseOnPage(ids: readonly string[], count: number): Promise<void> {
    this.#answers = count;
    return this.choose(ids);
  }

  /** Sends everything of these services; of all without any that exists. Settles when it is sent. */
  async choose(ids: readonly string[]): Promise<void> {
    this.#choice += 1;
    const choice = this.#choice;
    this.#requested = ids;
    const { named, chosen } = this.#choiceOf(ids);
    this.#sources = new Map(
      chosen.map((service) => [identityOf(service.spec), { id: service.spec.id, service, last: Infinity }]),
    );
    this.#waiting = [];
    this.#skipped = 0;
    const read = await Promise.all(
      [...this.#sources.values()].map(async (source) => ({ source, lines: await this.parts.readWhole(source.service) })),
    );
    if (choice !== this.#choice || this.#lifetime.isOver) return;
    for (const { source, lines } of read) source.last = lines.at(-1)?.seq ?? 0;
    const lines = read.flatMap(({ source, lines: own }) => own.map((line) => ({ seq: line.seq, line: sent(source.id, line) })));
    this.#servicesChanged = false;
    this.post({
      ...{ kind: 'log.snapshot', services: this.#describeAll(), chosen: named.map(({ spec }) => spec.id) },
      answers: this.#answers,
      lines: packLines(inOrder(lines)),
    });
    // What was written while the files were read.
    for (const [identity, source] of this.#sources) this.#take(identity, this.parts.logs.read(identity, source.last).lines);
    this.#followSoon(choice);
  }

  dispose(): void {
    this.#choice += 1;
    this.#lifetime.dispose();
  }

  #choiceOf(ids: readonly string[]): { readonly named: readonly Service[]; readonly chosen: readonly Service[] } {
    const services = this.parts.store.services();
    const named = services.filter(({ spec }) => ids.includes(spec.id));
    return { named, chosen: named.length > 0 ? named : services };
  }

  #hasSameSources(): boolean {
    const { chosen } = this.#choiceOf(this.#requested);
    return (
      chosen.length === this.#sources.size && chosen.every(({ spec }) => this.#sources.get(identityOf(spec))?.id === spec.id)
    );
  }

  #take(identity: string, lines: readonly LogLine[]): void {
    const source = this.#sources.get(identity);
    if (source === undefined) return;
    const added = lines.filter(({ seq }) => seq > source.last);
    if (added.length === 0) return;
    source.last = added.at(-1)?.seq ?? source.last;
    for (const line of added) this.#waiting.push({ seq: line.seq, line: sent(source.id, line) });
    this.#skipped += this.#waiting.splice(0, Math.max(0, this.#waiting.length - maxLinesPerMessage)).length;
    this.#cadence.request();
  }

  #flush(): void {
    const lines = this.#waiting.splice(0);
    const skipped = this.#skipped;
    const services = this.#servicesChanged ? this.#describeAll() : undefined;
    this.#skipped = 0;
    this.#servicesChanged = false;
    if (lines.length === 0 && services === undefined) return;
    this.post({
      kind: 'log.update',
      ...(services !== undefined && { services }),
      ...(lines.length > 0 && { lines: packLines(inOrder(lines)) }),
      skipped,
    });
  }

  #followSoon(choice: number): void {
    const followed = [...this.#sources].filter(([, { service }]) => this.parts.follows(service));
    if (followed.length === 0) return;
    const read = async (): Promise<void> => {
      await Promise.all(followed.map(([, { service }]) => this.parts.refresh(service)));
      if (choice !== this.#choice) return;
      for (const [identity, { last }] of followed) this.#take(identity, this.parts.logs.read(identity, last).lines);
      this.#followSoon(choice);
    };
    this.#followTimer.set(this.parts.clock.after(followIntervalMs, () => void read()));
  }

  #describeAll(): readonly LogService[] {
    return this.parts.store.services().map((service) => this.parts.describe(service));
  }
}

const sent = (service: string, { at, run, text, styled }: LogLine): SentLine => ({ at, service, run, text: styled ?? text });

/** In the order in which the lines were read. */
const inOrder = (lines: readonly { readonly seq: number; readonly line: SentLine }[]): readonly SentLine[] =>
  [...lines].sort((a, b) => a.seq - b.seq).map(({ line }) => line);
