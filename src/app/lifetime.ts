/** Everything disposable is added when it is made, and goes with its owner. */
import type { Disposable } from './ports';

export class Lifetime implements Disposable {
  readonly #owned = new Set<Disposable>();
  #over = false;

  get isOver(): boolean {
    return this.#over;
  }

  /** Takes over a disposable; after the end it is disposed of at once. */
  add<T extends Disposable>(disposable: T): T {
    if (this.#over) disposable.dispose();
    else this.#owned.add(disposable);
    return disposable;
  }

  dispose(): void {
    this.#over = true;
    const owned = [...this.#owned].reverse();
    this.#owned.clear();
    for (const disposable of owned) disposable.dispose();
  }
}

/** A place for one disposable that is replaced again and again, such as the present timer. */
export class Slot implements Disposable {
  #held: Disposable | undefined;

  set(disposable: Disposable | undefined): void {
    this.#held?.dispose();
    this.#held = disposable;
  }

  dispose(): void {
    this.set(undefined);
  }
}
