/** One tick a second, and only while somebody looks at something that counts. */
import type { Clock, Disposable } from '../app/ports';

export class SecondHand implements Disposable {
  #next: Disposable | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly isNeeded: () => boolean,
    private readonly tick: () => void,
  ) {}

  /** To be called whenever the need may have changed. */
  check(): void {
    if (!this.isNeeded()) this.dispose();
    else this.#next ??= this.clock.after(1000, () => this.#strike());
  }

  dispose(): void {
    this.#next?.dispose();
    this.#next = undefined;
  }

  #strike(): void {
    this.#next = undefined;
    if (!this.isNeeded()) return;
    this.tick();
    this.check();
  }
}
