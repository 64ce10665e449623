/**
 * Rows whose hover was requested a short time ago. A row that is drawn again closes its hover, so that a mere figure in it waits
 * meanwhile; VS Code keeps the tooltip until then, and its uptime becomes outdated.
 */
import type { Clock, Disposable } from '../app/ports';

/** Long enough to read a verdict with its evidence. */
const heldMs = 30_000;

export class HoveredRows<T> implements Disposable {
  readonly #rows = new Map<T, Disposable>();

  /** `release` draws a row again. */
  constructor(
    private readonly clock: Clock,
    private readonly release: (row: T) => void,
  ) {}

  add(row: T): void {
    this.#rows.get(row)?.dispose();
    const end = this.clock.after(heldMs, () => {
      this.#rows.delete(row);
      this.release(row);
    });
    this.#rows.set(row, end);
  }

  has(row: T): boolean {
    return this.#rows.has(row);
  }

  /** Forgets a row that is drawn again for another reason. */
  delete(row: T): void {
    this.#rows.get(row)?.dispose();
    this.#rows.delete(row);
  }

  dispose(): void {
    for (const end of this.#rows.values()) end.dispose();
    this.#rows.clear();
  }
}
