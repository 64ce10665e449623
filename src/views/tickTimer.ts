/** A timer that ticks once a second, and only while a visible figure changes every second. */
import type { Clock, Disposable } from '../app/ports';

const tickMs = 1000;

export class TickTimer implements Disposable {
  #next: Disposable | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly isNeeded: () => boolean,
    private readonly tick: () => void,
  ) {}

  /** Starts or stops the timer. Call it whenever the need may have changed. */
  check(): void {
    if (!this.isNeeded()) this.dispose();
    else this.#next ??= this.clock.after(tickMs, () => this.#onTick());
  }

  dispose(): void {
    this.#next?.dispose();
    this.#next = undefined;
  }

  #onTick(): void {
    this.#next = undefined;
    if (!this.isNeeded()) return;
    this.tick();
    this.check();
  }
}
