/**
 * The row that has the keyboard's focus. VS Code tells extensions the selection only, and arrow keys move the focus
 * alone. So our keybindings run `list.toggleSelection` first, which adds the focused row to the selection or takes it
 * away (listCommands.ts of VS Code): either way it is the row by which the selection before differs from the one after.
 */
import type { Disposable } from '../app/ports';

/** The part of VS Code's TreeView that is needed here. */
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

  /** The focused row, which is the only selected one afterwards. */
  restore(): T | undefined {
    const element = this.#last;
    if (element !== undefined && (this.#selection.length !== 1 || this.#selection[0] !== element)) {
      // A row that has just gone cannot be revealed; there is nothing to restore then.
      this.view.reveal(element, { select: true, focus: true }).then(undefined, () => undefined);
    }
    return element;
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}
