/** Shows one notification for failures that come together: waits for others, diagnoses, and puts the root cause first. */
import { defined } from '../../core/model/defined';
import { due, isAnyDue, isFailing, isUnhealthy, keepOnly, observe, settle } from '../../core/notifications/due';
import type { Memory } from '../../core/notifications/due';
import type { ServiceIdentity } from '../../core/model/identity';
import type { Finding } from '../../core/diagnosis/finding';
import { failureNotification } from '../../core/notifications/failureNotification';
import type { FailureNotification } from '../../core/notifications/failureNotification';
import { blamedBy, causesFirst, causesOf } from '../../core/notifications/rootCause';
import type { Blames } from '../../core/notifications/rootCause';
import type { Service } from '../../core/lifecycle/state';
import { Slot } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import { changedServices } from '../store';
import type { Change, ServiceStore } from '../store';

export interface FailureNotifierParts {
  readonly store: ServiceStore;
  readonly clock: Clock;
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Whether the setting allows notifications at the moment. */
  isWanted(): boolean;
  /** Whether an extension asked for the start through the API, and receives the outcome as a value. */
  isAwaited(id: string): boolean;
  isPausedInDebugger(service: ServiceIdentity): boolean;
  /** Settles when the user has answered or closed it. */
  show(notification: FailureNotification): Promise<void>;
}

/** Failures within this time share a notification, and what recovers within it gets none. */
const collectionTimeMs = 2000;
/** Of more services than this that failed together, the rest is only named. */
const maxDiagnosedServices = 5;
/** VS Code hides a warning after 12 s; an error with buttons stays (notificationsToasts.ts, NotificationViewItem.sticky). */
const warningTimeMs = 15_000;

export class FailureNotifier implements Disposable {
  readonly #memory: Memory = new Map();
  #stage: 'idle' | 'collecting' | 'diagnosing' | 'disposed' = 'idle';
  readonly #window = new Slot();
  readonly #subscription: Disposable;
  readonly #onScreen = new Set<{ readonly ids: readonly string[]; readonly until: number }>();

  /** Observes all services at once, because some may have failed before this part was loaded. */
  constructor(private readonly parts: FailureNotifierParts) {
    this.#subscription = parts.store.onDidChange((change) => this.#observe(change));
    this.#observe('all');
  }

  dispose(): void {
    this.#stage = 'disposed';
    this.#subscription.dispose();
    this.#window.dispose();
  }

  #observe(change: Change): void {
    const { store, clock } = this.parts;
    const services = changedServices(store, change);
    const at = clock.now();
    if (change === 'all') keepOnly(this.#memory, services);
    for (const service of services) {
      const { id } = service.spec;
      observe(this.#memory, service, { at, isAwaited: this.parts.isAwaited(id) });
    }
    if (this.#stage === 'idle' && isAnyDue(this.#memory)) this.#collect();
  }

  #collect(): void {
    this.#stage = 'collecting';
    this.#window.set(this.parts.clock.after(collectionTimeMs, () => void this.#endCollection()));
  }

  async #endCollection(): Promise<void> {
    this.#stage = 'diagnosing';
    if (!this.parts.isWanted()) this.#settle(due(this.#memory));
    this.#settle(this.#ready().filter((id) => this.#isOnScreen(id)));
    const ready = this.#ready();
    if (ready.length > 0) await this.#notify(ready);
    if (this.#isDisposed()) return;
    this.#stage = 'idle';
    // Services that failed meanwhile get a collection of their own; those that are held wait for the next change.
    if (this.#ready().length > 0) this.#collect();
  }

  async #notify(ids: readonly string[]): Promise<void> {
    const candidates = causesFirst(ids, this.parts.store.services()).slice(0, maxDiagnosedServices);
    const verdicts = new Map(await Promise.all(candidates.map(async (id) => [id, await this.#verdict(id)] as const)));
    const blames = blamesOf(verdicts);
    const [cause] = causesFirst(this.#settleExplained(ids, blames), this.parts.store.services(), blames);
    if (cause === undefined) return;
    const verdict = verdicts.has(cause) ? verdicts.get(cause) : await this.#verdict(cause);
    const services = this.parts.store.services();
    const [root, ...others] = causesFirst(this.#settleExplained(ids, blames), services, blames);
    const service = services.find(({ spec }) => spec.id === root);
    // The diagnosed service has recovered meanwhile: the others start again with a collection.
    if (service === undefined || root !== cause || this.#isDisposed()) return;
    this.#settle([root, ...others]);
    // It does what it was asked to, such as waiting for a debugger: the row shows that.
    if (verdict?.severity === 'info') return;
    // What depends on the cause needs no cause of its own.
    const ownVerdict = (id: string): Finding | undefined =>
      causesOf(id, services, blames).has(root) ? undefined : verdicts.get(id);
    const affected = others.map((id) => defined({ id, verdict: ownVerdict(id) }));
    this.#show(failureNotification(service, verdict, affected), [root, ...others]);
  }

  /** Returns undefined when nothing was found or the diagnosis failed: then the notification shows the state. */
  async #verdict(id: string): Promise<Finding | undefined> {
    const [verdict] = await this.parts.diagnose(id).catch(() => []);
    return verdict;
  }

  /** Settles consequences of a cause that has its notification already. Returns the ids that still need one. */
  #settleExplained(ids: readonly string[], blames: Blames): readonly string[] {
    const ready = new Set(this.#ready());
    const left = ids.filter((id) => ready.has(id));
    const explained = left.filter((id) => this.#isNotified(blames.get(id)));
    this.#settle(explained);
    return left.filter((id) => !explained.includes(id));
  }

  #show(notification: FailureNotification, ids: readonly string[]): void {
    const until = notification.severity === 'error' ? Infinity : this.parts.clock.elapsed() + warningTimeMs;
    const entry = { ids, until };
    this.#onScreen.add(entry);
    void this.parts.show(notification).finally(() => this.#onScreen.delete(entry));
  }

  /** Returns the ids that are due and not held by a debugger, and that no failing cause with a notification explains. */
  #ready(): readonly string[] {
    const services = this.parts.store.services();
    const waiting = new Set(due(this.#memory));
    const isHeld = (service: Service): boolean =>
      (isUnhealthy(service) && this.parts.isPausedInDebugger(service.spec)) ||
      [...causesOf(service.spec.id, services)].some((cause) => this.#isNotified(cause));
    return services.filter((service) => waiting.has(service.spec.id) && !isHeld(service)).map(({ spec }) => spec.id);
  }

  #isNotified(id: string | undefined): boolean {
    const service = this.parts.store.services().find(({ spec }) => spec.id === id);
    return service !== undefined && isFailing(service) && this.#memory.get(service.spec.id)?.stage === 'notified';
  }

  /** A service that the user started gets a new notification all the same. */
  #isOnScreen(id: string): boolean {
    const now = this.parts.clock.elapsed();
    const isShown = [...this.#onScreen].some(({ ids, until }) => until > now && ids.includes(id));
    return isShown && this.#memory.get(id)?.start === undefined;
  }

  #settle(ids: readonly string[]): void {
    settle(this.#memory, ids);
  }

  #isDisposed(): boolean {
    return this.#stage === 'disposed';
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
