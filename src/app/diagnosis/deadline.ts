/** One time limit for a whole diagnosis: a reading that is late is unavailable. */
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { unavailable } from '../../core/model/process';
import type { Clock, Disposable } from '../ports';

export class Deadline implements Disposable {
  readonly #aborts = new Set<AbortController>();
  readonly #timer: Disposable;
  readonly #over: Promise<'over'>;
  #isOver = false;

  /** The time starts now. */
  constructor(
    clock: Clock,
    private readonly limitMs: number,
  ) {
    let resolveOver: (over: 'over') => void = () => undefined;
    this.#over = new Promise((resolve) => (resolveOver = resolve));
    this.#timer = clock.after(limitMs, () => {
      this.#abortAll();
      resolveOver('over');
    });
  }

  /** Aborts when the time is over or the deadline is disposed. Each caller gets its own: many listeners on one signal look like a leak. */
  signal(): AbortSignal {
    const abort = new AbortController();
    if (this.#isOver) abort.abort();
    else this.#aborts.add(abort);
    return abort.signal;
  }

  /** Returns the reading; unavailable when it is late or rejects: one failed reading must not hide the others. */
  async read<T>(what: string, reading: Promise<Reading<T>>): Promise<Reading<T>> {
    try {
      const found = await Promise.race([reading, this.#over]);
      return found === 'over' ? unavailable(t('{0}: not available within {1} s.', what, this.limitMs / 1000)) : found;
    } catch (error) {
      return unavailable(t('{0}: could not be read ({1}).', what, messageOf(error)));
    }
  }

  dispose(): void {
    this.#timer.dispose();
    this.#abortAll();
  }

  #abortAll(): void {
    this.#isOver = true;
    for (const abort of this.#aborts) abort.abort();
    this.#aborts.clear();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
