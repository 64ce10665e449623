/**
 * Draws at once, so that what changed is seen immediately, and less often only when changes come in a flood: ten times, then four
 * times a second. What waits meanwhile is drawn together, after 250 ms at most.
 */
import type { Clock, Disposable } from '../app/ports';

const atOnce = 10;
const pauseMs = 250;

export class Paced implements Disposable {
  /** When all that was drawn would have taken place, had each been followed by a pause; in ms of the clock. */
  #settled = -Infinity;
  #next: Disposable | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly draw: () => void,
  ) {}

  request(): void {
    if (this.#next !== undefined) return;
    const ahead = this.#settled - this.clock.elapsed();
    const wait = ahead - (atOnce - 1) * pauseMs;
    if (wait <= 0) this.#drawNow();
    else this.#next = this.clock.after(wait, () => this.#drawNow());
  }

  dispose(): void {
    this.#next?.dispose();
  }

  #drawNow(): void {
    this.#next = undefined;
    this.#settled = Math.max(this.#settled, this.clock.elapsed()) + pauseMs;
    this.draw();
  }
}
