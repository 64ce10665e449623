import assert from 'node:assert/strict';
import { ToggledRows } from '../../../src/views/toggledRows';

type Listener = (event: { readonly element: { readonly key: string } }) => void;

class FakeView {
  readonly #collapsed = new Set<Listener>();
  readonly #expanded = new Set<Listener>();
  readonly onDidCollapseElement = (listener: Listener) => this.#add(this.#collapsed, listener);
  readonly onDidExpandElement = (listener: Listener) => this.#add(this.#expanded, listener);
  readonly collapse = (key: string): void => this.#collapsed.forEach((listener) => listener({ element: { key } }));
  readonly expand = (key: string): void => this.#expanded.forEach((listener) => listener({ element: { key } }));

  #add(to: Set<Listener>, listener: Listener): { dispose(): void } {
    to.add(listener);
    return { dispose: () => void to.delete(listener) };
  }
}

class FakeMemory {
  written: unknown;
  readonly get = (): unknown => this.written;
  update(_key: string, value: unknown): Promise<void> {
    this.written = value;
    return Promise.resolve();
  }
}

const defaultOf = ({ key }: { readonly key: string }) => (key.startsWith('service:') ? 'collapsed' : 'expanded');

const open = (memory: FakeMemory) => {
  const view = new FakeView();
  const rows = new ToggledRows(memory);
  rows.watch(view, defaultOf);
  return { view, rows };
};

describe('views/toggledRows', () => {
  it('keeps what is collapsed for the next window, until it is expanded', () => {
    const memory = new FakeMemory();
    const first = open(memory);
    first.view.collapse('group:core');
    first.view.collapse('role:backend');
    first.view.expand('role:backend');
    const second = open(memory);
    assert.deepEqual([second.rows.has('group:core'), second.rows.has('role:backend')], [true, false]);
    second.view.expand('group:core');
    assert.equal(open(memory).rows.has('group:core'), false);
  });

  it('keeps what is expanded of the rows that are collapsed by default', () => {
    const memory = new FakeMemory();
    const { view } = open(memory);
    view.expand('service:web');
    view.expand('service:api');
    view.collapse('service:api');
    const { rows } = open(memory);
    assert.deepEqual([rows.has('service:web'), rows.has('service:api')], [true, false]);
  });

  it('starts with everything expanded, whatever the memory holds', () => {
    for (const written of [undefined, 'group:core', { a: 1 }, [1, null]]) {
      const memory = new FakeMemory();
      memory.written = written;
      assert.equal(open(memory).rows.has('group:core'), false);
    }
  });

  it('forgets the oldest of too many', () => {
    const memory = new FakeMemory();
    const { view } = open(memory);
    for (let number = 0; number <= 200; number += 1) view.collapse(`group:${number}`);
    const { rows } = open(memory);
    assert.deepEqual([rows.has('group:0'), rows.has('group:1'), rows.has('group:200')], [false, true, true]);
  });

  it('goes on when nothing can be written', async () => {
    const memory = { get: () => undefined, update: () => Promise.reject(new Error('no space left')) };
    const view = new FakeView();
    const rows = new ToggledRows(memory);
    rows.watch(view, defaultOf);
    view.collapse('group:core');
    await Promise.resolve();
    assert.ok(rows.has('group:core'));
  });

  it('listens no longer once it is disposed of', () => {
    const { view, rows } = open(new FakeMemory());
    rows.dispose();
    view.collapse('group:core');
    assert.equal(rows.has('group:core'), false);
  });
});
