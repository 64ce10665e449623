/** One limit for a whole diagnosis: whatever is late is unavailable. */
import type { Reading } from '../../core/process';
import { unavailable } from '../../core/process';
import type { Clock, Disposable } from '../ports';

export class Deadline implements Disposable {
  readonly #abort = new AbortController();
  readonly #timer: Disposable;

  /** `limit` in ms, from now. */
  constructor(
    clock: Clock,
    private readonly limit: number,
  ) {
    this.#timer = clock.after(limit, () => this.#abort.abort());
  }

  /** Fires when the time is over, or when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** The reading, or that it was late. A collector that throws is unavailable: one broken fact must not hide the others. */
  read<T>(what: string, reading: Promise<Reading<T>>): Promise<Reading<T>> {
    const late = unavailable(`${what} could not be had within ${this.limit / 1000} s.`);
    return new Promise((resolve) => {
      const onLate = (): void => resolve(late);
      if (this.signal.aborted) onLate();
      else this.signal.addEventListener('abort', onLate, { once: true });
      const settle = (found: Reading<T>): void => {
        this.signal.removeEventListener('abort', onLate);
        resolve(found);
      };
      reading.then(settle, (error: unknown) => settle(unavailable(`${what} could not be read (${messageOf(error)}).`)));
    });
  }

  dispose(): void {
    this.#timer.dispose();
    this.#abort.abort();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
