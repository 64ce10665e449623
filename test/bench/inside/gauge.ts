/** What the extension host costs: processor, memory, stalls of its event loop. */
import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { processorTime } from '../../support/processorTime';

/** How often the event loop is asked, in ms: often enough to see what a person feels, and no dearer than what is measured. */
const period = 25;

export interface Stall {
  /** Time that passed; on a loaded machine most of it may be other people's. In ms. */
  readonly passed: number;
  /** Processor time that this process used in it: what the loop was held by our own work, at most. In ms. */
  readonly used: number;
}

/** The longest times in which the event loop did not come to a timer that was due. */
export class Stalls {
  #passed = 0;
  #used = 0;
  #last = { at: performance.now(), processor: processorTime() };
  readonly #timer = setInterval(() => this.#look(), period);

  /** Looks no more, and tells the longest. */
  end(): Stall {
    clearInterval(this.#timer);
    return { passed: this.#passed, used: this.#used };
  }

  #look(): void {
    const next = { at: performance.now(), processor: processorTime() };
    const passed = Math.max(0, next.at - this.#last.at - period);
    this.#passed = Math.max(this.#passed, passed);
    this.#used = Math.max(this.#used, Math.min(passed, next.processor - this.#last.processor));
    this.#last = next;
  }
}

export const residentMegabytes = (): number => process.memoryUsage.rss() / 1e6;

/** In MB: reserved by V8 for young objects. It grows with what is allocated in a short time, up to 128 MB, and is given back late. */
export const youngMegabytes = (): number =>
  (getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0) / 1e6;

/** How long the main thread was held by collections of V8, in ms; what other threads do for them comes on top. */
export async function collectingDuring(work: () => Promise<unknown>): Promise<number> {
  let held = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) held += duration;
  });
  observer.observe({ entryTypes: ['gc'] });
  await work();
  observer.disconnect();
  return held;
}

/** In MB, after a full collection. */
export function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** VS Code starts its extension host without a way to collect; V8 takes the flag later as well. */
export function collect(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}
