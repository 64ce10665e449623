/** Processes that exist for this Node only: signals to them go no further. For tables of other systems, which ask by pid as well. */
import type { ProcessIdentity } from '../../../src/core/model/process';

export interface PidRow extends ProcessIdentity {
  readonly ppid: number;
  readonly command: string;
}

/** No system here has such pids. */
const firstPid = 900_000_000;

export class FakePids {
  readonly #rows = new Map<number, PidRow>();
  readonly #kill = process.kill;
  #last = firstPid;

  /** `bornOf` gives the token of the start time as the system writes it. */
  constructor(private readonly bornOf: (count: number) => string) {}

  /** Until `restore` signals to these pids end them, except 0, which only asks. */
  install(): void {
    process.kill = (pid, signal) => {
      if (Math.abs(pid) < firstPid) return this.#kill.call(process, pid, signal);
      if (!this.#rows.has(Math.abs(pid))) throw Object.assign(new Error('kill ESRCH'), { code: 'ESRCH' });
      if (signal !== 0) this.end(Math.abs(pid));
      return true;
    };
  }

  restore(): void {
    process.kill = this.#kill;
  }

  spawn(command: string, ppid = 1): ProcessIdentity {
    const pid = (this.#last += 1);
    const born = this.bornOf(pid - firstPid);
    this.#rows.set(pid, { pid, ppid, born, command });
    return { pid, born };
  }

  end(pid: number): boolean {
    return this.#rows.delete(pid);
  }

  rows(): readonly PidRow[] {
    return [...this.#rows.values()];
  }

  row(pid: number): PidRow | undefined {
    return this.#rows.get(pid);
  }
}
