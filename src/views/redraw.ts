/**
 * Requests that rows are drawn again, at once and then at most four times a second. VS Code waits for 200 ms without a
 * change before it draws the next one (Event.debounce in extHostTreeViews.ts), so a service that is probed every 20 ms
 * while it starts would keep the whole view from being drawn.
 */
import type { Clock, Disposable } from '../app/ports';

/** Longer than those 200 ms, so that VS Code draws after every request. */
const pauseMs = 250;

export class Redraw<T> implements Disposable {
  readonly #waiting = new Set<T>();
  #isAllWaiting = false;
  #pause: Disposable | undefined;
  /** Continue what waits until the latest request is drawn. */
  readonly #held = new Set<() => void>();

  /** `fire` receives rows, or undefined for the whole view. */
  constructor(
    private readonly clock: Clock,
    private readonly fire: (rows: T[] | undefined) => void,
  ) {}

  rows(rows: readonly T[]): void {
    for (const row of rows) this.#waiting.add(row);
    this.#flush();
  }

  all(): void {
    this.#isAllWaiting = true;
    this.#flush();
  }

  /** Settles when the latest request is drawn, after at most 250 ms; for the next 250 ms nothing is requested. */
  async hold(): Promise<void> {
    if (this.#pause === undefined) this.#rest();
    else await new Promise<void>((resolve) => this.#held.add(resolve));
  }

  dispose(): void {
    this.#pause?.dispose();
    this.#waiting.clear();
    this.#isAllWaiting = false;
    this.#release();
  }

  #flush(): void {
    if (this.#pause !== undefined || (this.#waiting.size === 0 && !this.#isAllWaiting)) return;
    const rows = this.#isAllWaiting ? undefined : [...this.#waiting];
    this.#waiting.clear();
    this.#isAllWaiting = false;
    this.#rest();
    this.fire(rows);
  }

  #rest(): void {
    this.#pause = this.clock.after(pauseMs, () => {
      this.#pause = undefined;
      if (this.#held.size > 0) this.#rest();
      else this.#flush();
      this.#release();
    });
  }

  #release(): void {
    for (const resolve of this.#held) resolve();
    this.#held.clear();
  }
}
