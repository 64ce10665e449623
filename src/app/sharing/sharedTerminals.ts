/**
 * Terminals of this window together with those of other windows of the folder. After a takeover the terminal of a service stays in the
 * window that started it, and only that window sees how its process ended, or that its terminal was closed.
 */
import type { ServiceSpec } from '../../core/model/service';
import type { ProcessIdentity } from '../../core/model/process';
import { Lifetime, Slot } from '../lifetime';
import type { Clock, Disposable, LaunchRequest, Ledger, TerminalListener, Terminals } from '../ports';
import type { TerminalReport, ToFollower } from './messages';
import type { Connection } from './ports';

/** What a leader passes on of the terminals in other windows. */
export interface FollowedTerminals {
  reported(follower: Connection, run: string, report: TerminalReport): void;
  left(follower: Connection): void;
}

/** Notes of launches that are under way, beside the ledger: they name a run whose process is not known yet. */
export interface Launches {
  begin(folder: string, key: string, run: string): void;
  over(folder: string, key: string): void;
  /** The run whose launch was under way when its window went; undefined when there is none. */
  left(folder: string, key: string): string | undefined;
}

/** Kept as a ledger of its own, where the process is that of the window. */
export const launchesIn = (ledger: Ledger, window: () => ProcessIdentity | undefined, now: () => number): Launches => ({
  begin: (folder, key, run) => {
    const process = window();
    if (process !== undefined) ledger.write({ folder, key, run, process, command: '', cwd: folder, startedAt: now() });
  },
  over: (folder, key) => {
    const entry = ledger.read(folder, key);
    if (entry !== undefined) ledger.remove(entry);
  },
  left: (folder, key) => ledger.read(folder, key)?.run,
});

/** A window that reloads has its terminals back within this time. */
const returnMs = 10_000;

export class SharedTerminals implements Terminals, FollowedTerminals, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #listeners = new Set<TerminalListener>();
  /** By run: the other window that has its terminal. */
  readonly #elsewhere = new Map<string, Connection>();
  readonly #returning = new Map<string, Slot>();

  constructor(
    private readonly local: Terminals,
    private readonly clock: Clock,
    private readonly launches: Launches,
  ) {}

  /** The editor starts what it was handed also when this extension host ends meanwhile: then the note names what to look for. */
  async launch(request: LaunchRequest): ReturnType<Terminals['launch']> {
    const { spec, run } = request;
    const { folder, key } = spec;
    this.launches.begin(folder, key, run);
    try {
      return await this.local.launch(request);
    } finally {
      this.launches.over(folder, key);
    }
  }

  attach: Terminals['attach'] = (service: ServiceSpec, run: string, process: ProcessIdentity) =>
    this.local.attach(service, run, process);
  blockedSince: Terminals['blockedSince'] = (run) => this.local.blockedSince(run);
  show: Terminals['show'] = (serviceId, focus) => this.local.show(serviceId, focus);

  typeControl(run: string, key: 'C' | 'Q'): boolean {
    if (this.local.typeControl(run, key)) return true;
    const other = this.#elsewhere.get(run);
    other?.send({ kind: 'typeControl', run, control: key } satisfies ToFollower);
    return other !== undefined;
  }

  typeAnswer(run: string, letter: string): boolean {
    if (this.local.typeAnswer(run, letter)) return true;
    const other = this.#elsewhere.get(run);
    other?.send({ kind: 'typeAnswer', run, letter } satisfies ToFollower);
    return other !== undefined;
  }

  listen(listener: TerminalListener): Disposable {
    this.#listeners.add(listener);
    // That it is not in this window is no loss while another window has it.
    const lost = (run: string): void => (this.isElsewhere(run) ? undefined : listener.lost(run));
    const subscription = this.local.listen({
      ended: (run, exitCode, typedInto) => listener.ended(run, exitCode, typedInto),
      closed: (run) => listener.closed(run),
      found: (run) => {
        this.#returned(run);
        listener.found(run);
      },
      wrote: (run, chunk) => listener.wrote(run, chunk),
      lost,
    });
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        subscription.dispose();
      },
    };
  }

  reported(follower: Connection, run: string, report: TerminalReport): void {
    switch (report.kind) {
      case 'found':
        this.#elsewhere.set(run, follower);
        this.#returned(run);
        return this.#emit((listener) => listener.found(run));
      case 'closed':
        return this.#emit((listener) => listener.closed(run));
      case 'ended':
        return this.#emit((listener) => listener.ended(run, report.exitCode, report.typedInto));
      case 'wrote':
        return this.#emit((listener) => listener.wrote(run, report.chunk));
    }
  }

  left(follower: Connection): void {
    for (const [run, connection] of this.#elsewhere) {
      if (connection !== follower) continue;
      this.#elsewhere.delete(run);
      const slot = this.#lifetime.add(new Slot());
      this.#returning.set(run, slot);
      slot.set(
        this.clock.after(returnMs, () => {
          this.#returned(run);
          this.#emit((listener) => listener.lost(run));
        }),
      );
    }
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Another window has its terminal, or will have it again in a moment. */
  isElsewhere(run: string): boolean {
    return this.#elsewhere.has(run) || this.#returning.has(run);
  }

  #returned(run: string): void {
    this.#returning.get(run)?.dispose();
    this.#returning.delete(run);
  }

  #emit(report: (listener: TerminalListener) => void): void {
    for (const listener of this.#listeners) report(listener);
  }
}
