/** Processes that exist only in memory, with their ports. */
import type { Disposable, ProcessTable } from '../../../src/app/ports';
import type { SeenOwner } from '../../../src/app/portSight';
import { known, unavailable } from '../../../src/core/model/process';
import { defined } from '../../../src/core/model/defined';
import type { ProcessIdentity, ProcessRow, Reading } from '../../../src/core/model/process';

export interface FakeProcess {
  readonly identity: ProcessIdentity;
  readonly service: string;
  /** The run whose environment it inherited. */
  readonly run: string;
  /** What it does when it is asked to end: `stay` takes no notice, `resist` survives even a kill. */
  manner: 'leave' | 'stay' | 'resist';
}

export class FakeMachine implements ProcessTable {
  readonly #processes = new Map<number, FakeProcess>();
  readonly #watches = new Set<{ readonly pid: number; readonly gone: () => void }>();
  /** Signals in the order in which they came, as `SIGINT 101`. */
  readonly signals: string[] = [];
  /** While defined, processes cannot be looked at, for this reason; those that are known to live do so. */
  unavailable: string | undefined;
  #lastPid = 100;

  /** Callbacks that still wait for the end of a process. */
  get watches(): number {
    return this.#watches.size;
  }

  spawn(service: string, run: string): FakeProcess {
    const pid = (this.#lastPid += 1);
    const made: FakeProcess = { identity: { pid, born: `b${pid}` }, service, run, manner: 'leave' };
    this.#processes.set(pid, made);
    return made;
  }

  /** The processes of another window's fake are there as well. */
  takeOver(other: FakeMachine): void {
    for (const each of other.living()) this.#processes.set(each.identity.pid, each);
    this.#lastPid = Math.max(this.#lastPid, ...this.#processes.keys());
  }

  living(service?: string): readonly FakeProcess[] {
    return [...this.#processes.values()].filter((each) => service === undefined || each.service === service);
  }

  ofRun(run: string): readonly FakeProcess[] {
    return this.living().filter((each) => each.run === run);
  }

  /** It is gone; whoever watches it is told at the next turn. */
  end(pid: number): void {
    if (!this.#processes.delete(pid)) return;
    for (const watch of [...this.#watches]) {
      if (watch.pid !== pid) continue;
      this.#watches.delete(watch);
      queueMicrotask(watch.gone);
    }
  }

  watch(pid: number, gone: () => void): Disposable {
    const watch = { pid, gone };
    this.#watches.add(watch);
    if (!this.#processes.has(pid)) {
      this.#watches.delete(watch);
      queueMicrotask(gone);
    }
    return { dispose: () => this.#watches.delete(watch) };
  }

  /** A living process as it is seen to hold a port, with the run that it was started for. */
  seen(pid: number): SeenOwner {
    const process = { pid, born: `b${pid}` };
    const run = this.#processes.get(pid)?.run;
    return { process, command: `command ${pid}`, startedAt: 0, lineage: [process], isEditor: false, ...defined({ run }) };
  }

  list() {
    return Promise.resolve(known([...this.#processes.values()].map(row)));
  }

  identify(pid: number): Promise<Reading<ProcessIdentity | undefined>> {
    if (this.unavailable !== undefined) return Promise.resolve(unavailable(this.unavailable));
    return Promise.resolve(known(this.#processes.get(pid)?.identity));
  }

  isAlive({ pid }: ProcessIdentity): boolean {
    return this.#processes.has(pid);
  }

  cwd() {
    return Promise.resolve(known('/shop'));
  }
}

export const row = ({ identity, service }: FakeProcess): ProcessRow => ({
  ...identity,
  ppid: 1,
  state: 'running',
  command: `run ${service}`,
  startedAt: 0,
});
