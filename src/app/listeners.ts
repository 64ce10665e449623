/** Who is called with each value of a kind. */
import type { Disposable } from './ports';

type Listener<T> = (value: T) => void;

export class Listeners<T> {
  /** Another list for each change: a call goes through the one it began with, and needs no copy. */
  #listeners: readonly Listener<T>[] = [];

  add(listener: Listener<T>): Disposable {
    this.#listeners = [...this.#listeners, listener];
    return { dispose: () => void (this.#listeners = this.#listeners.filter((each) => each !== listener)) };
  }

  /** A listener that throws keeps neither the others nor the caller from their work; its error is reported as uncaught. */
  call(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
