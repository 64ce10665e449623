/** Tells of failures by itself: waits whether others fall too, looks why, and says it once, the root cause first. */
import { due, isAnyDue, isSick, isUnhealthy, keepOnly, observe, settle } from '../../core/notifications/announcement';
import type { Memory } from '../../core/notifications/announcement';
import type { Finding } from '../../core/diagnosis/finding';
import { blamedBy, causesFirst, causesOf } from '../../core/notifications/rootCause';
import type { Blames } from '../../core/notifications/rootCause';
import type { Service } from '../../core/lifecycle/state';
import { notice } from '../../core/notifications/notice';
import type { Notice } from '../../core/notifications/notice';
import { Slot } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { Change, ServiceStore } from '../store';

export interface AnnouncerParts {
  readonly store: ServiceStore;
  readonly clock: Clock;
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Whether the person wants to be told at the moment. */
  isWanted(): boolean;
  /** A program asked for its start, and is given the outcome as a value. */
  isAwaited(id: string): boolean;
  isPausedInDebugger(): boolean;
  /** Settles when the person has answered or closed it. */
  show(shown: Notice): Promise<void>;
}

/** In ms: what falls within it is told together, and what recovers within it is not told. */
const collecting = 2000;
/** So many are looked at side by side; of more that fell together the rest is only named. */
const mostDiagnosed = 5;
/** In ms. VS Code takes a warning from the screen after 12 s; an error with buttons stays (notificationsToasts.ts, NotificationViewItem.sticky). */
const warningTime = 15_000;

export class Announcer implements Disposable {
  #memory: Memory = new Map();
  #stage: 'idle' | 'collecting' | 'diagnosing' | 'over' = 'idle';
  readonly #window = new Slot();
  readonly #subscription: Disposable;
  readonly #onScreen = new Set<{ readonly ids: readonly string[]; readonly until: number }>();

  /** Looks at once: what failed before this part was loaded is told as well. */
  constructor(private readonly parts: AnnouncerParts) {
    this.#subscription = parts.store.onDidChange((change) => this.#look(change));
    this.#look('all');
  }

  dispose(): void {
    this.#stage = 'over';
    this.#subscription.dispose();
    this.#window.dispose();
  }

  #look(change: Change): void {
    const { store, clock } = this.parts;
    const services = store.services();
    const at = clock.now();
    if (change === 'all') this.#memory = keepOnly(this.#memory, services);
    for (const service of services) {
      const { id } = service.spec;
      if (change !== 'all' && !change.has(id)) continue;
      this.#memory = observe(this.#memory, service, { at, isAwaited: this.parts.isAwaited(id) });
    }
    if (this.#stage === 'idle' && isAnyDue(this.#memory)) this.#collect();
  }

  #collect(): void {
    this.#stage = 'collecting';
    this.#window.set(this.parts.clock.after(collecting, () => void this.#windowOver()));
  }

  async #windowOver(): Promise<void> {
    this.#stage = 'diagnosing';
    if (!this.parts.isWanted()) this.#settle(due(this.#memory));
    this.#settle(this.#ready().filter((id) => this.#isOnScreen(id)));
    const ready = this.#ready();
    if (ready.length > 0) await this.#announce(ready);
    if (this.#isOver()) return;
    this.#stage = 'idle';
    // Those that fell meanwhile get a window of their own; those that are held wait for the next change.
    if (this.#ready().length > 0) this.#collect();
  }

  async #announce(ids: readonly string[]): Promise<void> {
    const candidates = causesFirst(ids, this.parts.store.services()).slice(0, mostDiagnosed);
    const verdicts = new Map(await Promise.all(candidates.map(async (id) => [id, await this.#verdict(id)] as const)));
    const blames = blamesOf(verdicts);
    const [cause] = causesFirst(this.#settleExplained(ids, blames), this.parts.store.services(), blames);
    if (cause === undefined) return;
    const verdict = verdicts.has(cause) ? verdicts.get(cause) : await this.#verdict(cause);
    const services = this.parts.store.services();
    const [root, ...others] = causesFirst(this.#settleExplained(ids, blames), services, blames);
    const service = services.find(({ spec }) => spec.id === root);
    // What was looked at has recovered meanwhile: those that are left begin anew.
    if (service === undefined || root !== cause || this.#isOver()) return;
    this.#settle([root, ...others]);
    this.#show(notice(service, verdict, others), [root, ...others]);
  }

  /** Undefined when nothing was found, or the diagnosis itself failed: then the state speaks. */
  async #verdict(id: string): Promise<Finding | undefined> {
    const [verdict] = await this.parts.diagnose(id).catch(() => []);
    return verdict;
  }

  /** Those that are still to be told; a consequence of what was told already is none of them. */
  #settleExplained(ids: readonly string[], blames: Blames): readonly string[] {
    const ready = new Set(this.#ready());
    const left = ids.filter((id) => ready.has(id));
    const explained = left.filter((id) => this.#isTold(blames.get(id)));
    this.#settle(explained);
    return left.filter((id) => !explained.includes(id));
  }

  #show(shown: Notice, ids: readonly string[]): void {
    const until = shown.severity === 'error' ? Infinity : this.parts.clock.now() + warningTime;
    const entry = { ids, until };
    this.#onScreen.add(entry);
    void this.parts.show(shown).finally(() => this.#onScreen.delete(entry));
  }

  /** Due, and neither held by a debugger nor the consequence of a failure that was told and lasts. */
  #ready(): readonly string[] {
    const services = this.parts.store.services();
    const waiting = new Set(due(this.#memory));
    const paused = this.parts.isPausedInDebugger();
    const isHeld = (service: Service): boolean =>
      (paused && isUnhealthy(service)) || [...causesOf(service.spec.id, services)].some((cause) => this.#isTold(cause));
    return services.filter((service) => waiting.has(service.spec.id) && !isHeld(service)).map(({ spec }) => spec.id);
  }

  #isTold(id: string | undefined): boolean {
    const service = this.parts.store.services().find(({ spec }) => spec.id === id);
    return service !== undefined && isSick(service) && this.#memory.get(service.spec.id)?.telling === 'told';
  }

  /** Somebody who started it by hand is told all the same. */
  #isOnScreen(id: string): boolean {
    const now = this.parts.clock.now();
    const isShown = [...this.#onScreen].some(({ ids, until }) => until > now && ids.includes(id));
    return isShown && this.#memory.get(id)?.start === undefined;
  }

  #settle(ids: readonly string[]): void {
    if (ids.length > 0) this.#memory = settle(this.#memory, ids);
  }

  #isOver(): boolean {
    return this.#stage === 'over';
  }
}

function blamesOf(verdicts: ReadonlyMap<string, Finding | undefined>): Blames {
  const blames = new Map<string, string>();
  for (const [id, verdict] of verdicts) {
    const blamed = verdict === undefined ? undefined : blamedBy(verdict);
    if (blamed !== undefined) blames.set(id, blamed);
  }
  return blames;
}
