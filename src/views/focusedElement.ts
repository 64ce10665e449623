/**
 * Finds the row with the keyboard focus. VS Code reports only the selection to extensions, and arrow keys move only the
 * focus. So our keybindings run `list.toggleSelection` first, which adds the focused row to the selection or removes it
 * (listCommands.ts of VS Code): in both cases it is the row by which the selection before differs from the one after.
 */
import type { Disposable } from '../app/ports';

/** The part of VS Code's TreeView that is used here. */
export interface SelectionSource<T> {
  onDidChangeSelection(listener: (event: { readonly selection: readonly T[] }) => void): Disposable;
  reveal(element: T, options: { select: boolean; focus: boolean }): PromiseLike<void>;
}

export class FocusedElement<T> implements Disposable {
  readonly #subscription: Disposable;
  #selection: readonly T[] = [];
  #last: T | undefined;

  constructor(private readonly view: SelectionSource<T>) {
    this.#subscription = view.onDidChangeSelection(({ selection }) => {
      const added = selection.find((element) => !this.#selection.includes(element));
      const only = selection.length === 1 ? selection[0] : undefined;
      this.#last = added ?? only ?? this.#selection.find((element) => !selection.includes(element)) ?? this.#last;
      this.#selection = selection;
    });
  }

  /** Returns the focused row, and makes it the only selected one. */
  restore(): T | undefined {
    const element = this.#last;
    if (element !== undefined && (this.#selection.length !== 1 || this.#selection[0] !== element)) {
      // A row that was just removed cannot be revealed, and then there is nothing to restore.
      this.view.reveal(element, { select: true, focus: true }).then(undefined, () => undefined);
    }
    return element;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
