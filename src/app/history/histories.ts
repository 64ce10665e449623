/** Records what happens to the services that this window supervises, and keeps it over a reload. */
import { continued, lostEnd } from '../../core/history/continued';
import { added, bounded, historyOf, noHistory } from '../../core/history/record';
import type { HistoryEntry, HistoryEvent, HistorySample, HistoryVerdict, ServiceHistory } from '../../core/history/record';
import type { Service } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import { identityOf } from '../../core/model/identity';
import type { ServiceIdentity } from '../../core/model/identity';
import type { EventLog, LoggedEvent } from '../agents/eventLog';
import { Lifetime } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { Change, ServiceStore } from '../store';
import type { HistoryStorage } from './ports';

export interface HistoryParts {
  readonly store: ServiceStore;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly files: HistoryStorage;
  /** Whether this window supervises the service; another one keeps its history otherwise. */
  isOurs(service: ServiceIdentity): boolean;
}

/** What is kept of one service. */
interface Kept {
  history: ServiceHistory;
  /** Settles when what earlier windows have kept is part of it. */
  readonly loaded: Promise<void>;
}

/** Charts reach back one hour; a day of a hundred services would take 50 MB. The files have the whole day. */
const samplesInMemoryMs = 3_600_000;

/** Adoption has decided by then what still runs. */
const adoptionMs = 15_000;

export class Histories implements Disposable {
  readonly #kept = new Map<string, Kept>();
  readonly #listeners = new Set<(identity: string) => void>();
  readonly #lifetime = new Lifetime();

  constructor(private readonly parts: HistoryParts) {
    const { store, events, clock } = parts;
    this.#lifetime.add(events.onDidLog((event) => this.#take(event)));
    this.#lifetime.add(store.onDidChange((changed) => this.#takeVerdicts(changed)));
    for (const event of events.read().events) this.#take(event);
    for (const { spec } of store.services()) if (parts.isOurs(spec)) this.#keptOf(identityOf(spec));
    this.#lifetime.add(clock.after(adoptionMs, () => this.#findLost()));
  }

  /** What is kept of a service, also by another window. Never rejects. */
  async read(service: ServiceIdentity): Promise<ServiceHistory> {
    const identity = identityOf(service);
    if (!this.parts.isOurs(service)) {
      this.#kept.delete(identity);
      return bounded(historyOf(await this.parts.files.read(identity, 'anotherWindow')), this.parts.clock.now());
    }
    const kept = this.#keptOf(identity);
    await kept.loaded;
    return kept.history;
  }

  /** Takes one sample of each service, by identity. */
  addSamples(samples: ReadonlyMap<string, HistorySample>): void {
    for (const [identity, sample] of samples) this.#add(identity, () => [sample]);
  }

  /** Calls with the identity of a service whose history has grown. */
  onDidAdd(listener: (identity: string) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#lifetime.dispose();
    this.#listeners.clear();
  }

  #take(event: LoggedEvent): void {
    const service = this.parts.store.get(event.service);
    if (service === undefined) return;
    // What another window adds from now on is read from its file, should this one supervise again.
    if (!this.parts.isOurs(service.spec)) this.#kept.delete(event.identity);
    else this.#add(event.identity, (history) => continued(history, entryOf(event)));
  }

  #takeVerdicts(changed: Change): void {
    if (changed === 'all') return;
    for (const id of changed) {
      const service = this.parts.store.get(id);
      const verdict = service === undefined ? undefined : verdictOf(service, this.parts.clock.now());
      if (service === undefined || verdict === undefined || !this.parts.isOurs(service.spec)) continue;
      this.#add(identityOf(service.spec), ({ verdicts }) => (isSame(verdicts.at(-1), verdict) ? [] : [verdict]));
    }
  }

  /** Services that were up when the last window went, and that nothing has found since. */
  #findLost(): void {
    for (const { spec, state } of this.parts.store.services()) {
      if (!this.parts.isOurs(spec) || 'process' in state.lifecycle) continue;
      this.#add(identityOf(spec), (history) => {
        const end = lostEnd(history);
        return end === undefined ? [] : [end];
      });
    }
  }

  #add(identity: string, entriesFor: (history: ServiceHistory) => readonly HistoryEntry[]): void {
    const kept = this.#keptOf(identity);
    void kept.loaded.then(() => {
      const entries = entriesFor(kept.history);
      if (entries.length === 0) return;
      kept.history = bounded(added(kept.history, entries), this.parts.clock.now(), samplesInMemoryMs);
      this.parts.files.append(identity, entries);
      for (const listener of this.#listeners) listener(identity);
    });
  }

  #keptOf(identity: string): Kept {
    const known = this.#kept.get(identity);
    if (known !== undefined) return known;
    const { files, clock } = this.parts;
    const loaded = files.read(identity, 'thisWindow').then((entries) => {
      kept.history = bounded(historyOf(entries), clock.now(), samplesInMemoryMs);
    });
    const kept: Kept = { history: noHistory, loaded };
    this.#kept.set(identity, kept);
    return kept;
  }
}

const entryOf = ({ at, what, run, by, reason, cause, verdict }: LoggedEvent): HistoryEvent => ({
  ...{ kind: 'event', at, what },
  ...defined({ run, by, reason, cause, code: verdict }),
});

/** Undefined while nothing is wrong. */
function verdictOf({ verdict, state: { lifecycle } }: Service, at: number): HistoryVerdict | undefined {
  const { run } = lifecycle;
  if (verdict === undefined || run === undefined || lifecycle.kind === 'stopped') return undefined;
  const { code, title, short } = verdict;
  return { kind: 'verdict', at, run, code, title, short };
}

const isSame = (before: HistoryVerdict | undefined, now: HistoryVerdict): boolean =>
  before?.run === now.run && before.code === now.code && before.title === now.title;
