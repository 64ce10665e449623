/** Waits for the end of processes, on threads of its own: no clock is needed. */
import { processKey } from '../../../core/model/process';
import { creationOf } from './processes';
import { rights, type System } from './system';

interface Watched {
  readonly handle: number;
  readonly ended: () => void;
}

export interface ExitWaits {
  /** Calls `ended` once. False when the process with this start time is not there. */
  watch(pid: number, born: string, ended: () => void): boolean;
  unwatch(pid: number, born: string): void;
}

/** One wait takes 64 handles, of which one is the event that ends it when a process is added or removed. */
const maxPerWait = 63;
const forever = 0xffff_ffff;

export function createExitWaits(system: System): ExitWaits {
  const groups: WaitGroup[] = [];
  return {
    watch(pid, born, ended) {
      const key = processKey({ pid, born });
      const handle = Number(system.openProcess(rights.wait | rights.look, 0, pid));
      if (handle === 0) return false;
      if (creationOf(system, handle) !== born || Number(system.waitForOne(handle, 0)) === 0) {
        system.closeHandle(handle);
        return false;
      }
      let group = groups.find((each) => each.size < maxPerWait);
      if (group === undefined) groups.push((group = new WaitGroup(system)));
      group.add(key, { handle, ended });
      return true;
    },
    unwatch(pid, born) {
      for (const group of groups) group.remove(processKey({ pid, born }));
    },
  };
}

class WaitGroup {
  readonly #watched = new Map<string, Watched>();
  /** Closed when the present wait is over, since it still uses them. */
  readonly #removed: number[] = [];
  readonly #changed: number | bigint;
  #isWaiting = false;

  constructor(private readonly system: System) {
    this.#changed = system.createEvent(0, 0, 0, 0);
  }

  get size(): number {
    return this.#watched.size;
  }

  add(key: string, watched: Watched): void {
    this.remove(key);
    this.#watched.set(key, watched);
    this.#wait();
  }

  remove(key: string): void {
    const watched = this.#watched.get(key);
    if (watched === undefined) return;
    this.#watched.delete(key);
    this.#removed.push(watched.handle);
    this.system.setEvent(this.#changed);
  }

  #wait(): void {
    if (this.#isWaiting) {
      this.system.setEvent(this.#changed);
      return;
    }
    if (this.#watched.size === 0) return;
    const handles = Buffer.alloc(8 * (this.#watched.size + 1));
    [this.#changed, ...[...this.#watched.values()].map(({ handle }) => handle)].forEach((handle, index) =>
      handles.writeBigInt64LE(BigInt(handle), index * 8),
    );
    this.#isWaiting = true;
    this.system.waitForAny.async(handles.length / 8, handles, 0, forever, () => {
      this.#isWaiting = false;
      for (const handle of this.#removed.splice(0)) this.system.closeHandle(handle);
      this.#collect();
      this.#wait();
    });
  }

  #collect(): void {
    for (const [key, { handle, ended }] of [...this.#watched]) {
      if (Number(this.system.waitForOne(handle, 0)) !== 0) continue;
      this.#watched.delete(key);
      this.system.closeHandle(handle);
      ended();
    }
  }
}
