/** An engine of containers in memory, with at most one container per service. */
import type { Containers } from '../../../src/app/containerPorts';
import type { Container } from '../../../src/core/model/container';
import { known, unavailable } from '../../../src/core/model/process';
import type { ServiceSpec } from '../../../src/core/model/service';

export const aContainer = (changes: Partial<Container> = {}): Container => ({
  ...{ id: 'c1', name: 'shop-db-1', project: 'shop', service: 'db', image: 'postgres:16' },
  ...{ state: 'running', startedAt: '2026-01-01T00:00:00Z', exitCode: 0, outOfMemory: false, restarts: 0, error: '', ports: [] },
  ...changes,
});

export class FakeContainers implements Containers {
  /** By the id of the service. */
  readonly present = new Map<string, Container>();
  /** While defined, the engine cannot be asked, for this reason. */
  unavailable: string | undefined;
  /** The machine of the engine, when it is another one. */
  host: string | undefined;
  /** What the engine was asked to do, as `stop db`. */
  readonly asked: string[] = [];
  readonly #watches = new Set<{ readonly id: string; readonly changed: () => void }>();

  get watches(): number {
    return this.#watches.size;
  }

  /** The container becomes another one, and the engine reports it. */
  become(id: string, container: Container | undefined): void {
    if (container === undefined) this.present.delete(id);
    else this.present.set(id, container);
    for (const watch of [...this.#watches]) if (watch.id === id) watch.changed();
  }

  look({ id }: ServiceSpec): ReturnType<Containers['look']> {
    return Promise.resolve(this.unavailable === undefined ? known(this.present.get(id)) : unavailable(this.unavailable));
  }

  engineHost = (): Promise<string | undefined> => Promise.resolve(this.host);
  stop = (spec: ServiceSpec): Promise<string> => this.#end('stop', spec, 0);
  kill = (spec: ServiceSpec): Promise<string> => this.#end('kill', spec, 137);

  watch({ id }: ServiceSpec, changed: () => void): { dispose(): void } {
    const watch = { id, changed };
    this.#watches.add(watch);
    return { dispose: () => void this.#watches.delete(watch) };
  }

  #end(what: string, { id }: ServiceSpec, exitCode: number): Promise<string> {
    this.asked.push(`${what} ${id}`);
    const container = this.present.get(id);
    if (container !== undefined) this.become(id, { ...container, state: 'exited', exitCode });
    return Promise.resolve(what);
  }
}
