/** A clock that stands still until it is turned; whatever was waiting for a promise gets its turn in between. */
import type { Clock, Disposable } from '../../../src/app/ports';

export class FakeClock implements Clock {
  readonly #timers = new Map<number, { readonly at: number; readonly call: () => void }>();
  #elapsed = 0;
  /** Time of day at the moment 0. */
  #offset = 1_000_000;
  #made = 0;

  /** Timers that have not struck and were not disposed of. */
  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#elapsed + this.#offset;
  }

  elapsed(): number {
    return this.#elapsed;
  }

  after(ms: number, call: () => void): Disposable {
    const id = this.#made++;
    this.#timers.set(id, { at: this.#elapsed + ms, call });
    return { dispose: () => this.#timers.delete(id) };
  }

  /** Lets `ms` pass, striking every timer on the way in its order, also those that are set meanwhile. */
  async turn(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (let due = this.#due(end); due !== undefined; due = this.#due(end)) {
      const [id, { at, call }] = due;
      this.#timers.delete(id);
      this.#elapsed = Math.max(this.#elapsed, at);
      call();
      await settle();
    }
    this.#elapsed = Math.max(this.#elapsed, end);
  }

  /** As `turn`, without letting promises settle in between: for code without any. */
  turnNow(ms: number): void {
    const end = this.#elapsed + ms;
    for (let due = this.#due(end); due !== undefined; due = this.#due(end)) {
      const [id, { at, call }] = due;
      this.#timers.delete(id);
      this.#elapsed = Math.max(this.#elapsed, at);
      call();
    }
    this.#elapsed = Math.max(this.#elapsed, end);
  }

  /** The time of day is set, or the machine slept with its monotonic clock standing still, as on Linux. */
  set(ms: number): void {
    this.#offset += ms;
  }

  /** The machine slept, and its monotonic clock went on, as on Windows: timers that became due strike late. */
  sleep(ms: number): void {
    this.#elapsed += ms;
  }

  #due(end: number) {
    return [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
  }
}

/** Everything that only waits for settled promises has run after this. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
