/**
 * What each row shows, because most probes change nothing of it. A row that is drawn again under the pointer loses a click whose press
 * was before and whose release is after (seen on 1.105.1), so that figures alone are drawn rarely.
 */
import type { Clock } from '../app/ports';
import { lastLatency } from '../core/views/rowText';
import { differs, figuresOf } from '../core/views/tree';
import type { Row, TreeNode, UsageInRow } from '../core/views/tree';

/** How often the figures of a row may change. */
const figureIntervalMs = 10_000;

interface Drawn {
  readonly node: TreeNode;
  readonly row: Row;
  /** In ms of the monotonic clock. */
  readonly at: number;
}

export class DrawnRows {
  readonly #rows = new Map<string, Drawn>();

  constructor(private readonly clock: Pick<Clock, 'elapsed'>) {}

  /** Takes the row that is to be drawn for a node. */
  set(node: TreeNode, row: Row): void {
    this.#rows.set(node.key, { node, row, at: this.clock.elapsed() });
  }

  /** The row that is to be drawn, if it was made for this very node. */
  of(node: TreeNode): Row | undefined {
    const drawn = this.#rows.get(node.key);
    return drawn?.node === node ? drawn.row : undefined;
  }

  /** Whether a row has to be drawn again; `figures` are looked at only where the user may see them. */
  isOutdated(key: string, now: Row, figures: 'seen' | 'unseen'): boolean {
    const drawn = this.#rows.get(key);
    if (drawn === undefined || differs(drawn.row, now, 'state')) return true;
    return figures === 'seen' && this.#isFigureDue(drawn) && differs(drawn.row, now, 'state or figure');
  }

  /** Whether a row has to be drawn again for its figures alone; asked with every probe, so that it makes no row. */
  hasOutdatedFigures(node: TreeNode, usage: UsageInRow): boolean {
    if (node.kind !== 'service') return false;
    const drawn = this.#rows.get(node.key);
    if (drawn === undefined) return true;
    if (!this.#isFigureDue(drawn)) return false;
    if (usage === 'hidden' && isMereFluctuation(drawn.node, node)) return false;
    const { figures: before = [] } = drawn.row;
    const now = figuresOf(node.service, usage);
    return before.length !== now.length || before.some((figure, at) => figure !== now[at]);
  }

  #isFigureDue({ at }: Drawn): boolean {
    return this.clock.elapsed() - at >= figureIntervalMs;
  }

  /** Forgets all rows but these. */
  retain(keys: { has(key: string): boolean }): void {
    for (const key of this.#rows.keys()) if (!keys.has(key)) this.#rows.delete(key);
  }
}

/** A response time that differs by less is not drawn again. */
const noticeableMs = 5;
const noticeablePart = 0.2;

function isMereFluctuation(drawn: TreeNode, now: TreeNode): boolean {
  if (drawn.kind !== 'service' || now.kind !== 'service') return false;
  const [before, after] = [lastLatency(drawn.service), lastLatency(now.service)];
  if (before === undefined || after === undefined) return false;
  return Math.abs(after - before) < Math.max(noticeableMs, before * noticeablePart);
}
