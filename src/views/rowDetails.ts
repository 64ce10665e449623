/**
 * The rows below those of services, of which only the expanded ones have any. They are loaded when the first is expanded, and looked at
 * again while they can be seen: after each start and end of a process, and at an interval for what processes use.
 */
import { Lifetime, Slot } from '../app/lifetime';
import type { Clock, Disposable } from '../app/ports';
import type { ServiceStore } from '../app/store';
import type { Service } from '../core/lifecycle/state';
import type { RowLook } from '../core/model/rowLook';
import { rowDetails } from '../core/views/rowDetails';
import type { RowDetail } from '../core/views/rowDetails';
import type { DetailElement, TreeElement } from './treeElement';

export interface RowDetailsParts {
  readonly store: ServiceStore;
  readonly clock: Clock;
  /** Never rejects. */
  look(service: Service): Promise<RowLook>;
  /** Draws rows again. */
  draw(rows: readonly TreeElement[]): void;
  /** Whether the user can see the rows. */
  isVisible(): boolean;
}

/** How often the processes of an expanded row are read. A row that is drawn again can lose a click, so that this is rare. */
const lookIntervalMs = 10_000;

/** What is shown below one row. */
interface Expanded {
  readonly row: TreeElement;
  look: RowLook;
  /** Of the processes that the look found. */
  state: string;
  readonly elements: Map<string, DetailElement>;
  /** As they were drawn last. */
  details: readonly RowDetail[];
}

export class RowDetails implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #next = this.#lifetime.add(new Slot());
  /** By the key of the row above. */
  readonly #expanded = new Map<string, Expanded>();

  constructor(private readonly parts: RowDetailsParts) {
    this.#lifetime.add(parts.store.onDidChange(() => this.#storeChanged()));
  }

  /** Returns what is below the row of a service; looks at the system for a row that was collapsed so far. */
  async children(row: TreeElement): Promise<readonly DetailElement[]> {
    const service = this.#serviceOf(row);
    if (service === undefined) return [];
    let expanded = this.#expanded.get(row.key);
    // A row that went and came back is another object.
    if (expanded?.row !== row) {
      expanded = { row, look: await this.parts.look(service), state: stateOf(service), elements: new Map(), details: [] };
      this.#expanded.set(row.key, expanded);
      this.#plan();
    }
    expanded.details = this.#read(expanded);
    return expanded.details.map((detail) => elementOf(expanded, detail));
  }

  /** What a row shows; undefined for one that is gone. */
  detail(element: DetailElement): RowDetail | undefined {
    return this.#expanded.get(element.above.key)?.details.find(({ key }) => key === element.detail);
  }

  /** Stops looking at what is below this row. */
  collapsed(row: TreeElement): void {
    this.#expanded.delete(row.key);
  }

  /** The rows can be seen again, and may be outdated. */
  shown(): void {
    for (const expanded of this.#expanded.values()) void this.#lookAgain(expanded);
    this.#plan();
  }

  dispose(): void {
    this.#lifetime.dispose();
    this.#expanded.clear();
  }

  #plan(): void {
    if (this.#expanded.size === 0 || !this.parts.isVisible()) return;
    const again = (): void => {
      for (const expanded of this.#expanded.values()) void this.#lookAgain(expanded);
      this.#plan();
    };
    this.#next.set(this.parts.clock.after(lookIntervalMs, again));
  }

  #storeChanged(): void {
    if (!this.parts.isVisible()) return;
    for (const expanded of [...this.#expanded.values()]) {
      const service = this.#serviceOf(expanded.row);
      if (service === undefined) this.#expanded.delete(expanded.row.key);
      else if (stateOf(service) === expanded.state) this.#draw(expanded);
      else void this.#lookAgain(expanded);
    }
  }

  async #lookAgain(expanded: Expanded): Promise<void> {
    const service = this.#serviceOf(expanded.row);
    if (service === undefined) return;
    expanded.state = stateOf(service);
    expanded.look = await this.parts.look(service);
    this.#draw(expanded);
  }

  /** Draws the rows that changed, or all below the row when some came or went. */
  #draw(expanded: Expanded): void {
    if (this.#lifetime.isOver || this.#expanded.get(expanded.row.key) !== expanded) return;
    const before = new Map(expanded.details.map((detail) => [detail.key, JSON.stringify(visible(detail))]));
    const now = this.#read(expanded);
    const isSame = now.length === before.size && now.every(({ key }, at) => key === expanded.details[at]?.key);
    expanded.details = isSame ? now : expanded.details;
    const changed = now.filter((detail) => before.get(detail.key) !== JSON.stringify(visible(detail)));
    if (!isSame) this.parts.draw([expanded.row]);
    else if (changed.length > 0) this.parts.draw(changed.map((detail) => elementOf(expanded, detail)));
  }

  #read({ row, look }: Expanded): readonly RowDetail[] {
    const service = this.#serviceOf(row);
    const { store, clock } = this.parts;
    return service === undefined ? [] : rowDetails(service, look, (id) => store.get(id), clock.now());
  }

  #serviceOf({ id }: TreeElement): Service | undefined {
    return id === undefined ? undefined : this.parts.store.get(id);
  }
}

/** A tooltip is made when it is shown: it says how long ago something was. */
const visible = ({ tooltip: _tooltip, ...rest }: RowDetail): unknown => rest;

/** Changes when processes come or go. */
const stateOf = ({ state: { lifecycle } }: Service): string =>
  JSON.stringify([lifecycle.kind, 'process' in lifecycle ? lifecycle.process : undefined]);

/** A row keeps its object, because VS Code finds rows by identity. */
function elementOf({ row, elements }: Expanded, { key, id, command }: RowDetail): DetailElement {
  const present = elements.get(key);
  if (present !== undefined) return present;
  const element: DetailElement = {
    ...{ key: `${row.key}>${key}`, id, above: row, detail: key },
    ...(command !== undefined && { command }),
  };
  elements.set(key, element);
  return element;
}
