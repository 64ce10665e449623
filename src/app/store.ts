/** The one place that holds what is known of all services. Views read it, the supervisor writes it. */
import type { CommandState } from '../core/model/commandResult';
import type { BrokenFile } from '../core/model/brokenFile';
import type { BrokenService } from '../core/model/brokenService';
import { movedAddresses } from '../core/model/movedAddress';
import { identityOf } from '../core/model/identity';
import type { ServiceIdentity } from '../core/model/identity';
import { defined } from '../core/model/defined';
import type { LatestVerdict } from '../core/model/latestVerdict';
import type { ServiceSpec } from '../core/model/service';
import type { Usage } from '../core/model/usage';
import { onlyFiguresDiffer } from '../core/lifecycle/figures';
import { initialState } from '../core/lifecycle/state';
import type { Lifecycle, Service, ServiceState } from '../core/lifecycle/state';
import { verdictKey } from '../core/snapshot/verdictKey';
import { Listeners } from './listeners';
import type { Disposable } from './ports';

/** Ids of the services that changed, or 'all' when services came, went or got another id. */
export type Change = ReadonlySet<string> | 'all';

/** The services of a change, as far as they are still there. */
export const changedServices = (store: Pick<ServiceStore, 'services' | 'get'>, change: Change): readonly Service[] =>
  change === 'all' ? store.services() : [...change].flatMap((id) => store.get(id) ?? []);

/** Calls after each change, also of figures alone. */
export function onAnyChange(
  store: Pick<ServiceStore, 'onDidChange' | 'onDidMeasure'>,
  listener: (changed: Change) => void,
): Disposable {
  const both = [store.onDidChange(listener), store.onDidMeasure(listener)];
  return { dispose: () => both.forEach((each) => each.dispose()) };
}

export interface ServiceStore {
  services(): readonly Service[];
  get(id: string): Service | undefined;
  /** The same service, whatever its id is now. */
  find(identity: ServiceIdentity): Service | undefined;
  /** The last state of a service that has just left the list, such as one that was removed from its file and has stopped. */
  former(identity: ServiceIdentity): Service | undefined;
  /** Services whose configuration has a mistake; they cannot run until it is corrected. */
  broken(): readonly BrokenService[];
  /** Files with an error that concerns the whole file. */
  brokenFiles(): readonly BrokenFile[];
  /** What the files say of a service now; what is running may still have been started with other words. */
  written(id: string): ServiceSpec | undefined;
  /** Calls after each change but those of figures alone. */
  onDidChange(listener: (changed: Change) => void): Disposable;
  /**
   * Calls with the ids of services of which nothing but figures has changed: when and how fast they responded last, when a probe of
   * one that has not responded yet failed last, and what their processes use. With many healthy services that is nearly everything
   * that happens.
   */
  onDidMeasure(listener: (measured: ReadonlySet<string>) => void): Disposable;
}

/** What the files say at the moment. */
export interface Configuration {
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  /** Without it, there are none. */
  readonly brokenFiles?: readonly BrokenFile[];
}

export class Store implements ServiceStore {
  /** By id. */
  readonly #services = new Map<string, Service>();
  /** By identity. */
  readonly #ids = new Map<string, string>();
  readonly #former = new Map<string, Service>();
  readonly #listeners = new Listeners<Change>();
  readonly #figureListeners = new Listeners<ReadonlySet<string>>();
  /** A change of one service, by its id. */
  readonly #singles = new Map<string, ReadonlySet<string>>();
  #configuration: Configuration = { services: [], broken: [] };
  /** Of the configuration, by id. */
  #written: ReadonlyMap<string, ServiceSpec> = new Map();

  services(): readonly Service[] {
    return [...this.#services.values()];
  }

  broken(): readonly BrokenService[] {
    return this.#configuration.broken.filter((broken) => this.find(broken) === undefined);
  }

  brokenFiles(): readonly BrokenFile[] {
    return this.#configuration.brokenFiles ?? [];
  }

  /** What the files said when they were read last. */
  get configuration(): Configuration {
    return this.#configuration;
  }

  get(id: string): Service | undefined {
    return this.#services.get(id);
  }

  find(identity: ServiceIdentity): Service | undefined {
    const id = this.#ids.get(identityOf(identity));
    return id === undefined ? undefined : this.#services.get(id);
  }

  former(identity: ServiceIdentity): Service | undefined {
    return this.#former.get(identityOf(identity));
  }

  written(id: string): ServiceSpec | undefined {
    return this.#written.get(id);
  }

  onDidChange(listener: (changed: Change) => void): Disposable {
    return this.#listeners.add(listener);
  }

  onDidMeasure(listener: (measured: ReadonlySet<string>) => void): Disposable {
    return this.#figureListeners.add(listener);
  }

  /**
   * Takes the new files. A service with a process keeps the words it was started with until it is at rest, and stays in the list
   * until then also when no file names it any more; its id may change with the folders of the workspace.
   */
  configure(configuration: Configuration): void {
    this.#configuration = configuration;
    this.#written = new Map(configuration.services.map((spec) => [spec.id, spec]));
    const before = new Map(this.services().map((service) => [identityOf(service.spec), service]));
    this.#services.clear();
    this.#singles.clear();
    this.#ids.clear();
    this.#former.clear();
    for (const spec of configuration.services) {
      const known = before.get(identityOf(spec));
      before.delete(identityOf(spec));
      this.#put(known === undefined ? { spec, state: initialState } : configured(known, spec));
    }
    for (const service of before.values()) {
      if (isActive(service.state.lifecycle)) this.#put(service);
      else this.#former.set(identityOf(service.spec), service);
    }
    this.#emit('all');
  }

  /** Adds a service that no file names, because a process of it was found. It leaves when it is at rest. */
  add(spec: ServiceSpec): void {
    if (this.find(spec) !== undefined) return;
    this.#put({ spec, state: initialState });
    this.#emit('all');
  }

  setState(id: string, state: ServiceState): void {
    const service = this.#services.get(id);
    if (service === undefined || service.state === state) return;
    if (onlyFiguresDiffer(service.state, state)) {
      this.#services.set(id, { ...service, state });
      this.#figureListeners.call(this.#only(id));
      return;
    }
    const takesNew = takesNewWords(state.lifecycle) && !isSameLaunch(service.state.lifecycle, state.lifecycle);
    const written = takesNew ? this.#writtenFor(service) : service.spec;
    if (written === undefined && !isActive(state.lifecycle)) {
      this.#remove({ spec: service.spec, state });
      return;
    }
    const verdict = keepsVerdict(service.state, state) ? service.verdict : undefined;
    const usage = hasProcessOf(service.state.lifecycle, state.lifecycle) ? service.usage : undefined;
    const { commandStates } = service;
    const moved = takesNew ? undefined : service.moved;
    this.#services.set(id, { spec: written ?? service.spec, state, ...defined({ verdict, moved, usage, commandStates }) });
    this.#emit(new Set([id]));
  }

  /** Keeps what a diagnosis found, unless the state is another one than was diagnosed. `key`: see {@link verdictKey}. */
  setVerdict(id: string, key: string, verdict: LatestVerdict | undefined): void {
    const service = this.#services.get(id);
    if (service === undefined || verdictKey(service) !== key) return;
    if (JSON.stringify(service.verdict) === JSON.stringify(verdict)) return;
    const { verdict: _before, ...rest } = service;
    this.#services.set(id, { ...rest, ...defined({ verdict }) });
    this.#emit(new Set([id]));
  }

  /** An adopted service runs with these addresses of others, whatever the files say now. */
  setUsedPorts(id: string, usedPorts: ServiceSpec['usedPorts']): void {
    const service = this.#services.get(id);
    if (service === undefined || !isActive(service.state.lifecycle)) return;
    this.#services.set(id, configured({ ...service, spec: withUsedPorts(service.spec, usedPorts) }, service.spec));
    this.#emit(new Set([id]));
  }

  /** Keeps what a one-off command of the service does, or how it ended. */
  setCommandState(id: string, name: string, change: Partial<CommandState>): void {
    const service = this.#services.get(id);
    if (service === undefined) return;
    const { commandStates = {} } = service;
    const state = { isRunning: false, ...commandStates[name], ...change };
    this.#services.set(id, { ...service, commandStates: { ...commandStates, [name]: state } });
    this.#emit(new Set([id]));
  }

  /** Keeps what was read of the processes of services, by id, in one change. */
  setUsages(usages: ReadonlyMap<string, Usage>): void {
    const changed = [...usages].filter(([id, usage]) => {
      const service = this.#services.get(id);
      if (service === undefined || !('process' in service.state.lifecycle)) return false;
      this.#services.set(id, { ...service, usage });
      return true;
    });
    if (changed.length > 0) this.#figureListeners.call(new Set(changed.map(([id]) => id)));
  }

  /** Kept, since most changes are the figures of one service. */
  #only(id: string): ReadonlySet<string> {
    const kept = this.#singles.get(id) ?? new Set([id]);
    this.#singles.set(id, kept);
    return kept;
  }

  #writtenFor({ spec }: Service): ServiceSpec | undefined {
    const written = this.written(spec.id);
    return written !== undefined && identityOf(written) === identityOf(spec) ? written : undefined;
  }

  #remove(service: Service): void {
    const identity = identityOf(service.spec);
    this.#services.delete(service.spec.id);
    this.#ids.delete(identity);
    this.#former.set(identity, service);
    this.#emit('all');
  }

  /** Under an id of its own: one that is not named any more makes room for one that is. */
  #put(service: Service): void {
    const { spec } = service;
    let { id } = spec;
    for (let number = 2; this.#services.has(id); number += 1) id = `${spec.id} (${number})`;
    this.#services.set(id, id === spec.id ? service : { ...service, spec: { ...spec, id } });
    this.#ids.set(identityOf(spec), id);
  }

  #emit(changed: Change): void {
    this.#listeners.call(changed);
  }
}

/** A verdict goes with the trouble that it explains; a failure that was dismissed is remembered with it. */
const keepsVerdict = (before: ServiceState, now: ServiceState): boolean =>
  verdictKey({ state: before }) === verdictKey({ state: now }) ||
  (now.lifecycle.kind === 'stopped' && now.lifecycle.cause.kind === 'dismissed');

/** Whether the same run still has its process. */
const hasProcessOf = (before: Lifecycle, now: Lifecycle): boolean =>
  'process' in now && now.process !== undefined && before.run === now.run;

function configured({ moved: _before, ...service }: Service, spec: ServiceSpec): Service {
  const moved = isActive(service.state.lifecycle) ? movedAddresses(service.spec, spec) : [];
  return { ...service, spec: wordsFor(service, spec), ...defined({ moved: moved.length === 0 ? undefined : moved }) };
}

const withUsedPorts = ({ usedPorts: _other, ...spec }: ServiceSpec, usedPorts: ServiceSpec['usedPorts']): ServiceSpec => ({
  ...spec,
  ...defined({ usedPorts }),
});

/** What has a process keeps its words; what the process does not depend on follows the workspace and the file. */
const wordsFor = ({ spec: started, state }: Service, spec: ServiceSpec): ServiceSpec =>
  isActive(state.lifecycle) ? { ...started, ...lasting(spec) } : spec;

const lasting = ({ id, folderName, dependsOn, groups, commands, watch, debug }: ServiceSpec): Partial<ServiceSpec> => ({
  ...{ id, folderName, dependsOn, groups, commands, watch, debug },
});

/** Whether a process of the service is there, or on its way, or could not be stopped. */
export const isActive = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'failed'
    ? lifecycle.failure.kind === 'cannotStop'
    : lifecycle.kind !== 'stopped' && lifecycle.kind !== 'exited';

/** A launch that is under way goes on with the words it began with. */
const isSameLaunch = (before: Lifecycle, now: Lifecycle): boolean =>
  before.kind === 'launching' && now.kind === 'launching' && before.run === now.run;

/** Between two processes a service follows the file as it is now. */
const takesNewWords = (lifecycle: Lifecycle): boolean =>
  !isActive(lifecycle) || lifecycle.kind === 'queued' || lifecycle.kind === 'launching' || lifecycle.kind === 'backingOff';
