/**
 * Which rows the user has collapsed, kept for the workspace: VS Code forgets it with the window, and when a row goes and comes back,
 * as it does when the view is grouped differently for a while.
 */
import type { Disposable } from '../app/ports';

/** The parts of VS Code's TreeView and Memento that are used here. */
export interface Collapsing<T> {
  onDidCollapseElement(listener: (event: { readonly element: T }) => void): Disposable;
  onDidExpandElement(listener: (event: { readonly element: T }) => void): Disposable;
}
export interface RowMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const memoryKey = 'collapsedRows';
/** Rows of groups that do not exist any more are forgotten in time. */
const maxRows = 200;

export class CollapsedRows implements Disposable {
  readonly #keys: Set<string>;
  #subscriptions: readonly Disposable[] = [];

  constructor(private readonly memory: RowMemory) {
    const written = memory.get(memoryKey);
    this.#keys = new Set(Array.isArray(written) ? written.filter((key) => typeof key === 'string') : []);
  }

  watch(view: Collapsing<{ readonly key: string }>): void {
    this.#subscriptions = [
      view.onDidCollapseElement(({ element }) => {
        this.#keys.add(element.key);
        this.#save();
      }),
      view.onDidExpandElement(({ element }) => {
        if (this.#keys.delete(element.key)) this.#save();
      }),
    ];
  }

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
