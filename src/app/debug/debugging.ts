/** Debugs services: starts what does not run, finds the process that serves, opens its inspector, and attaches. */
import type { LaunchTargets } from '../../core/debug/launchEntries';
import type { EnvironmentChange } from '../../core/debug/launchEnvironment';
import { withInspector } from '../../core/debug/launchEnvironment';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { Disposable } from '../ports';
import { settled } from '../settled';
import type { Store } from '../store';
import type { Supervisor } from '../supervisor';
import { Attaching } from './attaching';
import type { AttachingParts, AttachOutcome } from './attaching';
import type { SessionStarter } from './ports';
import { Reattaching } from './reattaching';

export interface DebuggingParts extends AttachingParts {
  readonly store: Store;
  readonly supervisor: Pick<Supervisor, 'start' | 'restart' | 'delivered'>;
  readonly sessions: SessionStarter;
  /** Whether this window supervises the service: only there its sessions are known. */
  leads(spec: ServiceSpec): boolean;
  launchTargets(spec: ServiceSpec): LaunchTargets;
  /** What opens debugpy in a launch. */
  debugpyEnvironment(): Promise<EnvironmentChange>;
}

export type DebugOutcome =
  | AttachOutcome
  | { readonly kind: 'alreadyAttached' | 'elsewhere' | 'external' }
  /** It could not be started, which is reported as for any start. */
  | { readonly kind: 'notRunning' }
  | { readonly kind: 'noConfiguration'; readonly name: string };

/** `node` and `python`: it is restarted so that its debugger is listening from the beginning. */
export type How = 'asItIs' | 'node' | 'python';

export class Debugging implements Disposable {
  readonly #attaching: Attaching;
  readonly #reattaching: Reattaching;

  constructor(private readonly parts: DebuggingParts) {
    this.#attaching = new Attaching(parts);
    this.#reattaching = new Reattaching(this.#attaching, parts);
  }

  dispose(): void {
    this.#reattaching.dispose();
  }

  async debug(id: string, how: How = 'asItIs'): Promise<DebugOutcome> {
    const { store, sessions } = this.parts;
    const spec = store.get(id)?.spec;
    if (spec === undefined) return { kind: 'notRunning' };
    if (!this.parts.leads(spec)) return { kind: 'elsewhere' };
    if (sessions.isAttached(spec)) return { kind: 'alreadyAttached' };
    if (store.get(id)?.state.lifecycle.kind === 'external') return { kind: 'external' };
    const start = spec.debug === undefined ? undefined : this.#named(spec, spec.debug);
    if (spec.debug !== undefined && start === undefined) return { kind: 'noConfiguration', name: spec.debug };
    this.#reattaching.forget(spec);
    const service = await this.#running(id, how);
    if (service === undefined) return { kind: 'notRunning' };
    if (start !== undefined) return { kind: (await start()) ? 'attached' : 'refused' };
    return this.#attach(service, how);
  }

  /** Returns what starts the launch configuration, or the compound of several, with this name. */
  #named(spec: ServiceSpec, name: string): (() => Promise<boolean>) | undefined {
    const { sessions } = this.parts;
    const { configurations, compounds } = this.parts.launchTargets(spec);
    const configuration = configurations.find((each) => each.name === name);
    if (configuration !== undefined) return () => sessions.start(spec, configuration);
    const compound = compounds.find((each) => each.name === name);
    return compound && (() => sessions.startCompound(spec, compound));
  }

  async #attach(service: Service, how: How): Promise<AttachOutcome> {
    const attached = await this.#attaching.attach(service, how === 'asItIs' ? 'asItIs' : 'restarted');
    if (attached.kind !== 'attached') return attached;
    this.#reattaching.follow(service, attached.process);
    return attached;
  }

  /** Returns the service when it is ready; undefined when it could not be started. */
  async #running(id: string, how: How): Promise<Service | undefined> {
    const { store, supervisor, world } = this.parts;
    const before = store.get(id);
    if (before === undefined) return undefined;
    const prepared = await this.#prepare(before.spec, how);
    if (prepared !== undefined) supervisor.restart(id);
    else if (!isUp(before.state.lifecycle)) supervisor.start(id);
    await supervisor.delivered();
    const service = await settled(id, store, world.clock);
    prepared?.dispose();
    return service?.state.lifecycle.kind === 'running' ? service : undefined;
  }

  async #prepare(spec: ServiceIdentity, how: How): Promise<Disposable | undefined> {
    if (how === 'asItIs') return undefined;
    return this.parts.sessions.prepare(spec, how === 'node' ? withInspector : await this.parts.debugpyEnvironment());
  }
}

const isUp = ({ kind }: Lifecycle): boolean => kind === 'starting' || kind === 'running';
