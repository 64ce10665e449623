/** Acts at most once per interval, however often it is requested: the first request at once, those that follow together. */
import { Slot } from '../lifetime';
import type { Clock, Disposable } from '../ports';

export class Cadence implements Disposable {
  readonly #timer = new Slot();
  #last = -Infinity;
  #isDue = false;

  /** `intervalMs` is at least the time between two calls of `act`. */
  constructor(
    private readonly clock: Clock,
    private readonly intervalMs: number,
    private readonly act: () => void,
  ) {}

  request(): void {
    if (this.#isDue) return;
    const wait = this.#last + this.intervalMs - this.clock.elapsed();
    if (wait <= 0) {
      this.#run();
      return;
    }
    this.#isDue = true;
    this.#timer.set(this.clock.after(wait, () => this.#run()));
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #run(): void {
    this.#isDue = false;
    this.#last = this.clock.elapsed();
    this.act();
  }
}
