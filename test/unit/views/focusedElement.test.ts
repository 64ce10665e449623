import assert from 'node:assert/strict';
import { FocusedElement } from '../../../src/views/focusedElement';
import type { SelectionSource } from '../../../src/views/focusedElement';

/** Handles focus and selection as VS Code's list does. */
class List implements SelectionSource<string> {
  focus = '';
  selection: readonly string[] = [];
  #listener: (event: { readonly selection: readonly string[] }) => void = () => undefined;

  onDidChangeSelection = (listener: (event: { readonly selection: readonly string[] }) => void) => {
    this.#listener = listener;
    return { dispose: () => (this.#listener = () => undefined) };
  };

  reveal(element: string): PromiseLike<void> {
    this.focus = element;
    this.#select([element]);
    return Promise.resolve();
  }

  click(element: string): void {
    this.focus = element;
    this.#select([element]);
  }

  toggle(): void {
    const { focus, selection } = this;
    this.#select(selection.includes(focus) ? selection.filter((one) => one !== focus) : [...selection, focus]);
  }

  #select(selection: readonly string[]): void {
    this.selection = selection;
    this.#listener({ selection });
  }
}

describe('views/focusedElement', () => {
  it('finds the row to which the arrow keys moved, each time', () => {
    const list = new List();
    const focused = new FocusedElement(list);
    const press = (): string | undefined => {
      list.toggle();
      return focused.restore();
    };
    list.focus = 'b';
    assert.deepEqual([press(), list.selection], ['b', ['b']]);
    assert.deepEqual([press(), list.selection], ['b', ['b']]);
    list.focus = 'c';
    assert.deepEqual([press(), list.selection], ['c', ['c']]);
    assert.deepEqual([press(), list.selection], ['c', ['c']]);
    list.click('a');
    assert.deepEqual([press(), list.selection], ['a', ['a']]);
    list.focus = 'b';
    assert.deepEqual([press(), list.selection], ['b', ['b']]);
  });

  it('returns undefined before a row was selected', () => {
    assert.equal(new FocusedElement(new List()).restore(), undefined);
  });
});
