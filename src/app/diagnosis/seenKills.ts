/** Remembers what could have ended a service: commands that end processes, what the kernel ended, and the pids that services had. */
import { mayKill } from '../../core/diagnosis/killCommands';
import type { SeenCommand } from '../../core/diagnosis/killCommands';
import type { Clock, Disposable } from '../ports';
import { changedServices } from '../store';
import type { Change, ServiceStore } from '../store';

const maxCommands = 50;
const maxRuns = 500;

interface SeenRun {
  readonly pid: number;
  /** When its process was first seen (ms since the epoch). */
  readonly since: number;
  /** How many processes the kernel had ended for lack of memory when the run began. */
  readonly memoryKills: number | undefined;
}

export class SeenKills implements Disposable {
  readonly #commands: SeenCommand[] = [];
  readonly #runs = new Map<string, SeenRun>();
  readonly #subscription: Disposable;

  /** `memoryKills` counts since the machine started; undefined where the system does not say so. */
  constructor(
    private readonly store: ServiceStore,
    private readonly clock: Pick<Clock, 'now'>,
    private readonly memoryKills: () => number | undefined,
  ) {
    this.#subscription = store.onDidChange((changed) => this.#note(changed));
    this.#note('all');
  }

  ran(command: SeenCommand): void {
    if (!mayKill(command.line)) return;
    this.#commands.push(command);
    this.#commands.splice(0, Math.max(0, this.#commands.length - maxCommands));
  }

  /** Newest first. What ran before the run began ended another one. */
  commandsSince(run: string | undefined): readonly SeenCommand[] {
    const since = run === undefined ? undefined : this.#runs.get(run)?.since;
    return this.#commands.filter(({ at }) => since === undefined || at >= since).toReversed();
  }

  /** The pid that the run of a service had, as far as it was seen. */
  pidOf(run: string | undefined): number | undefined {
    return run === undefined ? undefined : this.#runs.get(run)?.pid;
  }

  /** How many processes the kernel has ended for lack of memory since the run began; undefined where that is unknown. */
  memoryKillsSince(run: string | undefined): number | undefined {
    const before = run === undefined ? undefined : this.#runs.get(run)?.memoryKills;
    const now = before === undefined ? undefined : this.memoryKills();
    return before === undefined || now === undefined ? undefined : now - before;
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #note(changed: Change): void {
    for (const { state } of changedServices(this.store, changed)) {
      const { lifecycle } = state;
      if (!('process' in lifecycle) || lifecycle.process === undefined) continue;
      const { run, process } = lifecycle;
      if (this.#runs.get(run)?.pid === process.pid) continue;
      this.#runs.set(run, { pid: process.pid, since: this.clock.now(), memoryKills: this.memoryKills() });
      const [oldest] = this.#runs.keys();
      if (this.#runs.size > maxRuns && oldest !== undefined) this.#runs.delete(oldest);
    }
  }
}
