/**
 * What each row shows, because most probes change nothing of it. A row that is drawn again under the pointer loses a click whose press
 * was before and whose release is after (seen on 1.105.1), so that figures alone are drawn rarely.
 */
import type { Clock } from '../app/ports';
import { differs } from '../core/views/tree';
import type { Row } from '../core/views/tree';

/** How often the figures of a row may change. */
const figureIntervalMs = 10_000;

export class DrawnRows {
  readonly #rows = new Map<string, { readonly row: Row; readonly at: number }>();

  constructor(private readonly clock: Pick<Clock, 'elapsed'>) {}

  /** Takes the row that is to be drawn. */
  set(key: string, row: Row): void {
    this.#rows.set(key, { row, at: this.clock.elapsed() });
  }

  /** Whether a row has to be drawn again; `figures` are looked at only where the user may see them. */
  isOutdated(key: string, now: Row, figures: 'seen' | 'unseen'): boolean {
    const drawn = this.#rows.get(key);
    if (drawn === undefined || differs(drawn.row, now, 'state')) return true;
    return figures === 'seen' && this.isFigureDue(key) && differs(drawn.row, now, 'state or figure');
  }

  /** Whether a row may be drawn again for its figures alone. */
  isFigureDue(key: string): boolean {
    const drawn = this.#rows.get(key);
    return drawn === undefined || this.clock.elapsed() - drawn.at >= figureIntervalMs;
  }

  /** Forgets all rows but these. */
  retain(keys: { has(key: string): boolean }): void {
    for (const key of this.#rows.keys()) if (!keys.has(key)) this.#rows.delete(key);
  }
}
