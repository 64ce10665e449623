/**
 * Which rows the user has collapsed or expanded, kept for the workspace: VS Code forgets it with the window, and when a row goes and
 * comes back, as it does when the view is grouped differently for a while.
 */
import type { Disposable } from '../app/ports';

/** The parts of VS Code's TreeView and Memento that are used here. */
export interface Toggling<T> {
  onDidCollapseElement(listener: (event: { readonly element: T }) => void): Disposable;
  onDidExpandElement(listener: (event: { readonly element: T }) => void): Disposable;
}
export interface RowMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** How a row is before the user has changed it. */
export type RowDefault = 'expanded' | 'collapsed';

const memoryKey = 'collapsedRows';
/** Rows that do not exist any more are forgotten in time. */
const maxRows = 200;

export class ToggledRows implements Disposable {
  readonly #keys: Set<string>;
  #subscriptions: readonly Disposable[] = [];

  constructor(private readonly memory: RowMemory) {
    const written = memory.get(memoryKey);
    this.#keys = new Set(Array.isArray(written) ? written.filter((key) => typeof key === 'string') : []);
  }

  watch<T extends { readonly key: string }>(view: Toggling<T>, defaultOf: (row: T) => RowDefault): void {
    const take = (row: T, now: RowDefault): void => {
      if (defaultOf(row) === now) this.#keys.delete(row.key);
      else this.#keys.add(row.key);
      this.#save();
    };
    this.#subscriptions = [
      view.onDidCollapseElement(({ element }) => take(element, 'collapsed')),
      view.onDidExpandElement(({ element }) => take(element, 'expanded')),
    ];
  }

  /** Whether the user has changed it from its default. */
  has(key: string): boolean {
    return this.#keys.has(key);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #save(): void {
    // A disk without room costs nothing but this.
    this.memory.update(memoryKey, [...this.#keys].slice(-maxRows)).then(undefined, () => undefined);
  }
}
