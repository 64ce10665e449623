/**
 * Probes of several services that take place at the same moment. Most of what a probe costs in a quiet window is the wake-up: ten at
 * once take a third of the processor time of ten apart (measured with Node 24, 100 servers, a probe every 5 s each).
 */
import { gridMs, minDelayMs } from '../../core/model/grid';
import type { Disposable } from '../ports';

/** A larger round saves little more, and each probe waits for those before it: 10 add about 1 ms to a measured latency. */
const maxProbes = 10;
/** By how much a probe may come earlier or later to join a round: this part of its delay, and this many ms. */
const maxShift = 0.2;
const maxShiftMs = 1000;

interface Place extends Disposable {
  /** In ms. */
  readonly pause: number;
}

export class ProbeRounds {
  /** How many probes will take place, by moment (in units of the grid, on the monotonic clock). */
  readonly #sizes = new Map<number, number>();

  /**
   * Takes a place in a round about `delay` ms after `elapsed`: in the largest that has a place left, or else in one of its own. A delay
   * below a second stays as it is. The place is given up when it is disposed of.
   */
  join(delay: number, elapsed: number): Place {
    if (delay < minDelayMs) return { pause: delay, dispose: () => undefined };
    const moment = this.#choose((elapsed + delay) / gridMs, Math.min(maxShiftMs, delay * maxShift) / gridMs);
    this.#add(moment, 1);
    return { pause: moment * gridMs - elapsed, dispose: () => this.#add(moment, -1) };
  }

  /** How many probes are to come. */
  get size(): number {
    return [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Both in units of the grid. Of equally large rounds the nearest is taken. */
  #choose(wanted: number, maxDistance: number): number {
    let best = Math.round(wanted);
    let largest = -1;
    for (let moment = Math.ceil(wanted - maxDistance); moment <= wanted + maxDistance; moment += 1) {
      const size = this.#sizeOf(moment);
      const isBetter = size > largest || (size === largest && Math.abs(moment - wanted) < Math.abs(best - wanted));
      if (size >= maxProbes || !isBetter) continue;
      best = moment;
      largest = size;
    }
    return best;
  }

  #sizeOf(moment: number): number {
    return this.#sizes.get(moment) ?? 0;
  }

  #add(moment: number, change: number): void {
    const size = this.#sizeOf(moment) + change;
    if (size > 0) this.#sizes.set(moment, size);
    else this.#sizes.delete(moment);
  }
}
