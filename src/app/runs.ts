/** The latest run of each service. It is found for every chunk of output, so the cost must not grow with the number of services. */
import { identityOf } from '../core/model/identity';
import type { ServiceIdentity } from '../core/model/identity';
import type { Run } from './run/run';

interface Kept {
  readonly run: Run;
  /** The id of the service that its terminal is known by. */
  readonly id: string;
}

export class Runs {
  readonly #byService = new Map<string, Kept>();
  /** By the id of the run. */
  readonly #byRun = new Map<string, Run>();

  of(service: ServiceIdentity): Run | undefined {
    return this.#byService.get(identityOf(service))?.run;
  }

  find(run: string): Run | undefined {
    return this.#byRun.get(run);
  }

  /** Those that are kept now; others may be kept or dropped meanwhile. */
  all(): readonly Kept[] {
    return [...this.#byService.values()];
  }

  /** Takes the place of the run before. */
  keep(service: ServiceIdentity, run: Run, id: string): void {
    this.#forget(service);
    this.#byService.set(identityOf(service), { run, id });
    this.#byRun.set(run.id, run);
  }

  /** Lets it go; its processes go on. */
  drop(service: ServiceIdentity): void {
    this.of(service)?.detach();
    this.#forget(service);
  }

  dropAll(): void {
    for (const { run } of this.all()) this.drop(run.spec);
  }

  #forget(service: ServiceIdentity): void {
    const before = this.of(service);
    if (before !== undefined) this.#byRun.delete(before.id);
    this.#byService.delete(identityOf(service));
  }
}
