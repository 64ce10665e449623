/** A clock that stands still until it is turned. */
import type { Clock, Disposable } from '../../../src/app/ports';

export class HandClock implements Clock {
  readonly #timers = new Map<number, { at: number; call: () => void }>();
  #now = 0;
  #made = 0;

  /** Timers that have not struck and were not disposed of. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): Disposable {
    const id = this.#made++;
    this.#timers.set(id, { at: this.#now + ms, call });
    return { dispose: () => this.#timers.delete(id) };
  }

  /** Lets `ms` pass, striking every timer on the way in its order. */
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
