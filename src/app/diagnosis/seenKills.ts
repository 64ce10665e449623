/** Remembers what could have ended a service: commands that end processes, and the pids that services had. */
import { mayKill } from '../../core/diagnosis/killCommands';
import type { SeenCommand } from '../../core/diagnosis/killCommands';
import type { Disposable } from '../ports';
import type { Change, ServiceStore } from '../store';

const maxCommands = 50;
const maxRuns = 500;

export class SeenKills implements Disposable {
  readonly #commands: SeenCommand[] = [];
  /** By run. */
  readonly #pids = new Map<string, number>();
  readonly #subscription: Disposable;

  constructor(private readonly store: ServiceStore) {
    this.#subscription = store.onDidChange((changed) => this.#note(changed));
    this.#note('all');
  }

  ran(command: SeenCommand): void {
    if (!mayKill(command.line)) return;
    this.#commands.push(command);
    this.#commands.splice(0, Math.max(0, this.#commands.length - maxCommands));
  }

  /** Newest first. */
  get commands(): readonly SeenCommand[] {
    return this.#commands.toReversed();
  }

  /** The pid that the run of a service had, as far as it was seen. */
  pidOf(run: string | undefined): number | undefined {
    return run === undefined ? undefined : this.#pids.get(run);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #note(changed: Change): void {
    const services = changed === 'all' ? this.store.services() : [...changed].map((id) => this.store.get(id));
    for (const service of services) {
      const lifecycle = service?.state.lifecycle;
      if (lifecycle === undefined || !('process' in lifecycle) || lifecycle.process === undefined) continue;
      this.#pids.set(lifecycle.run, lifecycle.process.pid);
      const [oldest] = this.#pids.keys();
      if (this.#pids.size > maxRuns && oldest !== undefined) this.#pids.delete(oldest);
    }
  }
}
