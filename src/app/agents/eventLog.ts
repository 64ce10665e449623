/** Remembers what happened to the services, in order, and who requested it. */
import { eventsBetween, isOnTheWay } from '../../core/agents/events';
import type { Happened } from '../../core/agents/events';
import { identityOf } from '../../core/model/identity';
import { initialState } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import { briefCause } from '../../core/snapshot/briefCause';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import type { Clock, Disposable } from '../ports';
import { changedServices } from '../store';
import type { Change, ServiceStore } from '../store';

/** Older events are dropped, and counted. */
const maxEvents = 1000;

export interface LoggedEvent extends Happened {
  /** ms since the epoch */
  readonly at: number;
  /** Id at that time. */
  readonly service: string;
  readonly identity: string;
  /** Id of the run, where there is one. */
  readonly run?: string;
  /** Why, in at most 32 characters. */
  readonly cause?: string;
  readonly seq: number;
}

export interface EventLogParts {
  readonly store: ServiceStore;
  readonly clock: Clock;
  /** Numbers that grow. */
  readonly numbers: { next(at: number): number; readonly last: number };
}

export class EventLog implements Disposable {
  readonly #events: LoggedEvent[] = [];
  readonly #last = new Map<string, Lifecycle>();
  readonly #subscription: Disposable;
  readonly #listeners = new Set<(event: LoggedEvent) => void>();
  #dropped = 0;

  constructor(private readonly parts: EventLogParts) {
    this.#subscription = parts.store.onDidChange((changed) => this.#note(changed));
    this.#note('all');
  }

  /** What came after the cursor. */
  read(since = 0): { readonly events: readonly LoggedEvent[]; readonly dropped: number } {
    const first = this.#events[0]?.seq ?? 0;
    return { events: this.#events.filter(({ seq }) => seq > since), dropped: since < first ? this.#dropped : 0 };
  }

  onDidLog(listener: (event: LoggedEvent) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  get last(): number {
    return this.parts.numbers.last;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #note(changed: Change): void {
    const { store, clock } = this.parts;
    for (const service of changedServices(store, changed)) this.#compare(service, clock.now());
  }

  #compare(service: Service, at: number): void {
    const identity = identityOf(service.spec);
    const { lifecycle } = service.state;
    if (isOnTheWay(lifecycle)) return;
    const before = this.#last.get(identity) ?? initialState.lifecycle;
    this.#last.set(identity, lifecycle);
    const happened = eventsBetween(before, service);
    if (happened.length === 0) return;
    const about = { service: service.spec.id, identity, ...defined({ run: lifecycle.run, cause: briefCause(service) }) };
    const logged = happened.map((each) => ({ ...each, ...about, at, seq: this.parts.numbers.next(at) }));
    this.#events.push(...logged);
    this.#dropped += this.#events.splice(0, Math.max(0, this.#events.length - maxEvents)).length;
    for (const each of logged) for (const listener of this.#listeners) listener(each);
  }
}
