/** A clock that stands still until a test turns it. */
import type { Clock, Disposable } from '../../../src/app/ports';

export class HandClock implements Clock {
  readonly #timers = new Map<number, { at: number; call: () => void }>();
  #now = 0;
  #made = 0;

  /** Number of timers that are neither over nor disposed. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): Disposable {
    const id = this.#made++;
    this.#timers.set(id, { at: this.#now + ms, call });
    return { dispose: () => this.#timers.delete(id) };
  }

  /** Lets `ms` pass, and calls every timer on the way in its order. */
  turn(ms: number): void {
    const end = this.#now + ms;
    for (let due = this.#due(end); due !== undefined; due = this.#due(end)) {
      const [id, { at, call }] = due;
      this.#timers.delete(id);
      this.#now = at;
      call();
    }
    this.#now = end;
  }

  #due(end: number) {
    return [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}
