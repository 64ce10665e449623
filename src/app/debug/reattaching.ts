/** Attaches the debugger again to the process with which a reloader has replaced the one that was debugged. */
import type { Service } from '../../core/lifecycle/state';
import { identityOf } from '../../core/model/identity';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ProcessIdentity } from '../../core/model/process';
import { Slot } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { ServiceStore } from '../store';
import type { Attaching } from './attaching';
import type { SessionStarter } from './ports';

/** In ms: a reloader waits for the next change when the program does not start, so the last looks are late. */
const pauses = [250, 250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000] as const;
const secondLookMs = 250;
const maxTries = 3;

export interface ReattachingParts {
  readonly store: Pick<ServiceStore, 'find'>;
  readonly world: { readonly clock: Clock };
  readonly sessions: Pick<SessionStarter, 'isAttached' | 'onDidLose'>;
}

interface Attached {
  readonly run: string;
  readonly process: ProcessIdentity;
  readonly search: Slot;
}

export class Reattaching implements Disposable {
  /** By identity of the service. */
  readonly #attached = new Map<string, Attached>();
  /** Those whose next process is searched for. */
  readonly #searched = new WeakSet<Attached>();
  readonly #subscription: Disposable;

  constructor(
    private readonly attaching: Pick<Attaching, 'attach' | 'look'>,
    private readonly parts: ReattachingParts,
  ) {
    this.#subscription = parts.sessions.onDidLose((service) => this.#lost(service));
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const { search } of this.#attached.values()) search.dispose();
    this.#attached.clear();
  }

  /** From now on a session of this run that ends with its process begins again with the next one. */
  follow({ spec, state: { lifecycle } }: Service, process: ProcessIdentity | undefined): void {
    this.forget(spec);
    if (process === undefined || !('run' in lifecycle)) return;
    this.#attached.set(identityOf(spec), { run: lifecycle.run, process, search: new Slot() });
  }

  forget(service: ServiceIdentity): void {
    this.#attached.get(identityOf(service))?.search.dispose();
    this.#attached.delete(identityOf(service));
  }

  #lost(service: ServiceIdentity): void {
    const attached = this.#attached.get(identityOf(service));
    // A session that was tried in vain ends as well.
    if (attached === undefined || this.#searched.has(attached)) return;
    this.#searched.add(attached);
    this.#next(service, attached, { looks: 0, tries: 0, seen: undefined });
  }

  #next(service: ServiceIdentity, attached: Attached, { looks, ...at }: Search): void {
    const pause = at.seen === undefined ? pauses[looks] : secondLookMs;
    if (pause === undefined || looks > pauses.length || at.tries >= maxTries) {
      this.forget(service);
      return;
    }
    const search = { ...at, looks: looks + 1 };
    attached.search.set(this.parts.world.clock.after(pause, () => void this.#look(service, attached, search)));
  }

  async #look(identity: ServiceIdentity, attached: Attached, search: Search): Promise<void> {
    const service = this.#sameRun(identity, attached);
    const plan = service && (await this.attaching.look(service));
    if (service === undefined || plan === undefined || this.#sameRun(identity, attached) === undefined) {
      this.#forgetIf(identity, attached);
      return;
    }
    const found = plan.kind === 'unsupported' || isSame(plan.process, attached.process) ? undefined : plan.process;
    // The signal that opens an inspector ends a Node that has only just begun, so it has to be there for a while.
    const isThere = found !== undefined && search.seen !== undefined && isSame(found, search.seen);
    const outcome = isThere ? await this.attaching.attach(service, 'quiet') : undefined;
    if (this.#attached.get(identityOf(identity)) !== attached) return;
    if (outcome?.kind === 'attached') this.follow(service, outcome.process);
    else this.#next(identity, attached, { ...search, seen: found, tries: search.tries + (isThere ? 1 : 0) });
  }

  /** Undefined when nothing has to be attached any more. */
  #sameRun(identity: ServiceIdentity, attached: Attached): Service | undefined {
    if (this.#attached.get(identityOf(identity)) !== attached || this.parts.sessions.isAttached(identity)) return undefined;
    const service = this.parts.store.find(identity);
    const { lifecycle } = service?.state ?? {};
    const isUp = lifecycle?.kind === 'running' || lifecycle?.kind === 'starting';
    return isUp && lifecycle.run === attached.run ? service : undefined;
  }

  #forgetIf(identity: ServiceIdentity, attached: Attached): void {
    if (this.#attached.get(identityOf(identity)) === attached) this.forget(identity);
  }
}

interface Search {
  readonly looks: number;
  readonly tries: number;
  /** The process that the look before has found. */
  readonly seen: ProcessIdentity | undefined;
}

const isSame = (one: ProcessIdentity, other: ProcessIdentity): boolean => one.pid === other.pid && one.born === other.born;
