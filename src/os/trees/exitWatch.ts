/** Detects the end of processes: within 25 ms while one is expected, else within 250 ms or a second, with one timer for all of them. */
import type { Clock, ProcessTable, ProcessTrees } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { isVerified } from '../../core/model/process';
import { pidExists } from '../system/existence';
import { untilGrid } from '../../core/model/grid';
import { stillLives } from './stillLives';

/** Pause between two looks at a process whose end is likely. Waking up so often costs more than a hundred checks. */
const alertTickMs = 25;
/** How long a new process is looked at so often: most starts that fail do so in this time. */
const startAlertMs = 5000;
/** How long after a sign of an end: a socket is closed before its process is gone. */
const suspectAlertMs = 2000;

/** Time between two proofs after signs of an end. On macOS a proof costs a process, and the full checks see only that the pid exists. */
const proofPauseMs = 5000;

/** Pause between two looks at a process whose end is not expected. Both lie on the grid that timers share. */
const quietTickMs = 250;
/** The same for one whose end something else reports, as the events of a container engine do. */
const signalledTickMs = 1000;

/** Every so many looks start time and state are checked, at ten times the cost of an existence check; finds zombies. */
const looksPerFullCheck = 8;
const fullCheckMs = (every: number): number => every * looksPerFullCheck;
/** Spreads the full checks of many processes. */
const phases = 8;

interface Watch {
  readonly process: ProcessIdentity;
  readonly gone: () => void;
  /** ms between two looks while its end is not expected. */
  readonly every: number;
  /** The times are ms of the monotonic clock. */
  alertUntil: number;
  lookAt: number;
  fullCheckAt: number;
  provenAt: number;
}

/** `exists`: whether any process has the pid, cheap and synchronous. */
export function createExitWatch(table: ProcessTable, clock: Clock, exists = pidExists): ProcessTrees['watchExit'] {
  const rounds = new Rounds(table, clock, exists);
  return (process, gone, hasSigns = false) => {
    const watch = rounds.add(process, gone, hasSigns ? signalledTickMs : quietTickMs);
    // A pid cannot be reused between two ticks in practice, but between the moment a caller learned it and now it can.
    rounds.prove(watch);
    return {
      suspect: () => rounds.suspect(watch),
      dispose: () => rounds.remove(watch),
    };
  };
}

class Rounds {
  readonly #watches = new Set<Watch>();
  /** Those that are looked at every 25 ms. */
  readonly #alert = new Set<Watch>();
  #timer: { readonly at: number; dispose(): void } | undefined;

  constructor(
    private readonly table: ProcessTable,
    private readonly clock: Clock,
    private readonly exists: (pid: number) => boolean,
  ) {}

  add(process: ProcessIdentity, gone: () => void, every: number): Watch {
    const at = this.clock.elapsed();
    const phase = ((this.#watches.size % phases) + 1) / phases;
    const times = {
      alertUntil: at + startAlertMs,
      lookAt: at + untilGrid(at, every),
      fullCheckAt: at + fullCheckMs(every) * phase,
      provenAt: at,
    };
    const watch = { process, gone, every, ...times };
    this.#watches.add(watch);
    this.#alert.add(watch);
    this.#arm();
    return watch;
  }

  remove(watch: Watch): void {
    this.#watches.delete(watch);
    this.#alert.delete(watch);
    this.#arm();
  }

  end(watch: Watch): void {
    if (!this.#watches.has(watch)) return;
    this.remove(watch);
    // A listener that throws must not keep the others from being called.
    queueMicrotask(watch.gone);
  }

  /** Looks at once, and often for a while. */
  suspect(watch: Watch): void {
    if (!this.#watches.has(watch)) return;
    watch.alertUntil = Math.max(watch.alertUntil, this.clock.elapsed() + suspectAlertMs);
    watch.fullCheckAt = 0;
    this.#alert.add(watch);
    this.#look(watch);
    if (this.clock.elapsed() >= watch.provenAt + proofPauseMs) this.prove(watch);
    this.#arm();
  }

  /** Reads start time and state, whatever that costs. */
  prove(watch: Watch): void {
    watch.provenAt = this.clock.elapsed();
    void stillLives(watch.process, this.table).then((lives) => {
      if (!lives) this.end(watch);
    });
  }

  #tick(): void {
    this.#timer = undefined;
    const at = this.clock.elapsed();
    // Not an iterator, which makes an object for each of them four times a second.
    this.#watches.forEach((watch) => {
      const isDue = watch.lookAt <= at;
      if (isDue) watch.lookAt = at + untilGrid(at, watch.every);
      if (isDue || this.#alert.has(watch)) this.#look(watch);
      if (watch.alertUntil <= at) this.#alert.delete(watch);
    });
    this.#arm();
  }

  #look(watch: Watch): void {
    const at = this.clock.elapsed();
    const { process } = watch;
    if (at < watch.fullCheckAt || !isVerified(process)) {
      if (!this.exists(process.pid)) this.end(watch);
      return;
    }
    watch.fullCheckAt = at + fullCheckMs(watch.every);
    if (!this.table.isAlive(process)) this.end(watch);
  }

  #arm(): void {
    const at = this.clock.elapsed();
    let due = this.#alert.size > 0 ? at + alertTickMs : Infinity;
    this.#watches.forEach(({ lookAt }) => {
      due = Math.min(due, lookAt);
    });
    if (this.#watches.size > 0 && this.#timer !== undefined && this.#timer.at <= due) return;
    this.#timer?.dispose();
    this.#timer = undefined;
    if (this.#watches.size === 0) return;
    const timer = this.clock.after(Math.max(1, Math.ceil(due - at)), () => this.#tick());
    this.#timer = { at: due, dispose: () => timer.dispose() };
  }
}
