import assert from 'node:assert/strict';
import { TerminalIndex } from '../../../src/host/terminals/terminalIndex';

interface Entry {
  readonly service: string;
  readonly run: string;
  readonly terminal: object | undefined;
}

describe('host/terminals/terminalIndex', () => {
  const [one, other] = [{ name: 'one' }, { name: 'other' }];
  const index = (...entries: readonly Entry[]): TerminalIndex<object, Entry> => {
    const made = new TerminalIndex<object, Entry>();
    for (const entry of entries) made.set(entry);
    return made;
  };

  it('finds the same entry by service, run and terminal', () => {
    const entry = { service: 'web', run: 'r1', terminal: one };
    const made = index(entry, { service: 'api', run: 'r2', terminal: other });
    assert.deepEqual([made.ofService('web'), made.ofRun('r1'), made.ofTerminal(one)], [entry, entry, entry]);
    assert.equal(made.all().length, 2);
  });

  it('forgets run and terminal of the entry before', () => {
    const made = index({ service: 'web', run: 'r1', terminal: one }, { service: 'web', run: 'r2', terminal: undefined });
    assert.deepEqual([made.ofRun('r1'), made.ofTerminal(one)], [undefined, undefined]);
    made.delete('web');
    assert.deepEqual([made.ofRun('r2'), made.ofService('web'), made.all()], [undefined, undefined, []]);
  });

  it('has the entries without a terminal, until they have one, are replaced or are deleted', () => {
    const made = index(
      { service: 'web', run: 'r1', terminal: undefined },
      { service: 'api', run: 'r2', terminal: undefined },
      { service: 'db', run: 'r3', terminal: one },
    );
    const runs = (): readonly string[] => [...made.withoutTerminal()].map(({ run }) => run);
    assert.deepEqual(runs(), ['r1', 'r2']);
    made.set({ service: 'web', run: 'r4', terminal: undefined });
    made.set({ service: 'api', run: 'r2', terminal: other });
    made.set({ service: 'db', run: 'r3', terminal: undefined });
    assert.deepEqual(runs(), ['r4', 'r3']);
    made.delete('web');
    assert.deepEqual(runs(), ['r3']);
  });

  it('gives a terminal that is used again to the latest entry, and leaves it there', () => {
    const made = index({ service: 'web', run: 'r1', terminal: one }, { service: 'api', run: 'r2', terminal: one });
    assert.equal(made.ofTerminal(one)?.service, 'api');
    made.delete('web');
    assert.equal(made.ofTerminal(one)?.service, 'api');
  });
});
