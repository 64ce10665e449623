/** The one place that holds what is known of all services. Views read it, the supervisor writes it. */
import type { ServiceSpec } from '../core/model/service';
import type { BrokenService } from '../core/model/brokenService';
import { initialState } from '../core/lifecycle/state';
import type { Lifecycle, Service, ServiceState } from '../core/lifecycle/state';
import type { Disposable } from './ports';

/** Ids of the services that changed, or 'all' when services came or went. */
export type Change = ReadonlySet<string> | 'all';

export interface ServiceStore {
  services(): readonly Service[];
  get(id: string): Service | undefined;
  /** Services whose configuration has a mistake; they cannot run until it is mended. */
  broken(): readonly BrokenService[];
  /** What the files say of a service now; what runs may still go by other words. */
  written(id: string): ServiceSpec | undefined;
  onDidChange(listener: (changed: Change) => void): Disposable;
}

/** What the files say at the moment. */
export interface Configuration {
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
}

export class Store implements ServiceStore {
  readonly #services = new Map<string, Service>();
  readonly #listeners = new Set<(changed: Change) => void>();
  #configuration: Configuration = { services: [], broken: [] };

  services(): readonly Service[] {
    return [...this.#services.values()];
  }

  broken(): readonly BrokenService[] {
    return this.#configuration.broken.filter(({ id }) => !this.#services.has(id));
  }

  get(id: string): Service | undefined {
    return this.#services.get(id);
  }

  written(id: string): ServiceSpec | undefined {
    return this.#configuration.services.find((spec) => spec.id === id);
  }

  onDidChange(listener: (changed: Change) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Takes the new files. A service with a process keeps the words it was started with until it is at rest. */
  configure(configuration: Configuration): void {
    this.#configuration = configuration;
    const before = new Map(this.#services);
    this.#services.clear();
    for (const spec of configuration.services) {
      const known = before.get(spec.id);
      before.delete(spec.id);
      const state = known?.state ?? initialState;
      this.#services.set(spec.id, known !== undefined && isActive(state.lifecycle) ? known : { spec, state });
    }
    // Removed from the file, or broken in it, and still running: it stays in sight until it stops.
    for (const [id, service] of before) if (isActive(service.state.lifecycle)) this.#services.set(id, service);
    this.#tell('all');
  }

  setState(id: string, state: ServiceState): void {
    const service = this.#services.get(id);
    if (service === undefined || service.state === state) return;
    const takesNew = takesNewWords(state.lifecycle) && !isSameLaunch(service.state.lifecycle, state.lifecycle);
    const written = takesNew ? this.written(id) : service.spec;
    if (written === undefined && !isActive(state.lifecycle)) {
      this.#services.delete(id);
      this.#tell('all');
      return;
    }
    this.#services.set(id, { spec: written ?? service.spec, state });
    this.#tell(new Set([id]));
  }

  #tell(changed: Change): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(changed);
      } catch (error) {
        // A view that fails must not keep the supervisor from its work.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

const isActive = ({ kind }: Lifecycle): boolean => kind !== 'stopped' && kind !== 'exited' && kind !== 'failed';

/** A launch that is under way goes on with the words it began with. */
const isSameLaunch = (before: Lifecycle, now: Lifecycle): boolean =>
  before.kind === 'launching' && now.kind === 'launching' && before.run === now.run;

/** Between two processes a service follows the file as it is now. */
const takesNewWords = (lifecycle: Lifecycle): boolean =>
  !isActive(lifecycle) || lifecycle.kind === 'queued' || lifecycle.kind === 'launching' || lifecycle.kind === 'backingOff';
