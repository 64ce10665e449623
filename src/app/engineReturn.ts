/** Services with `compose` that failed because no engine runs are started once it is back. */
import { isEngineOff } from '../core/compose/engineOff';
import type { Service } from '../core/lifecycle/state';
import type { ServiceIdentity } from '../core/model/identity';
import { identityOf } from '../core/model/identity';
import type { ServiceSpec } from '../core/model/service';
import type { Containers } from './containerPorts';
import { Lifetime } from './lifetime';
import type { Clock, Disposable, Log } from './ports';
import type { Store } from './store';
import type { Supervisor } from './supervisor';

/** Between two looks at an engine that is off. */
const retryMs = 5000;

export interface EngineReturnParts {
  readonly store: Store;
  readonly supervisor: Pick<Supervisor, 'start'>;
  readonly containers: Pick<Containers, 'look'>;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  /** Whether this window supervises the service. */
  leads(spec: ServiceSpec): boolean;
}

export class EngineReturn implements Disposable {
  readonly #lifetime = new Lifetime();
  /** Runs that are looked at, or were found to have failed for another reason: by identity of the service. */
  readonly #judged = new Map<string, string>();

  constructor(private readonly parts: EngineReturnParts) {
    this.#lifetime.add(parts.store.onDidChange(() => this.#consider()));
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #consider(): void {
    for (const { spec, state } of this.parts.store.services()) {
      const run = failedRun({ spec, state });
      if (run === undefined || !this.parts.leads(spec) || this.#judged.get(identityOf(spec)) === run) continue;
      this.#judged.set(identityOf(spec), run);
      void this.#look(spec, run, 'first');
    }
  }

  /** The first look decides: an engine that answers did not make it fail. */
  async #look(identity: ServiceIdentity, run: string, turn: 'first' | 'later'): Promise<void> {
    const service = this.#waiting(identity, run);
    if (service === undefined) return;
    const seen = await this.parts.containers.look(service.spec);
    const now = this.#waiting(identity, run);
    if (now === undefined) return;
    if (seen.kind === 'known') {
      if (turn === 'first') return;
      this.parts.log.info(`${now.spec.id}: the engine of containers is back`);
      this.parts.supervisor.start(now.spec.id, 'auto');
    } else if (isEngineOff(seen.why))
      this.#lifetime.add(this.parts.clock.after(retryMs, () => void this.#look(identity, run, 'later')));
  }

  /** Undefined when it was started, stopped or dismissed since. */
  #waiting(identity: ServiceIdentity, run: string): Service | undefined {
    const service = this.parts.store.find(identity);
    return service !== undefined && !this.#lifetime.isOver && failedRun(service) === run ? service : undefined;
  }
}

/** The run of a service with `compose` that has ended with an error. */
function failedRun({ spec, state: { lifecycle } }: Pick<Service, 'spec' | 'state'>): string | undefined {
  if (spec.compose === undefined || lifecycle.kind !== 'failed') return undefined;
  return lifecycle.failure.kind === 'crashed' || lifecycle.failure.kind === 'gaveUp' ? lifecycle.run : undefined;
}
