import assert from 'node:assert/strict';
import { processKey } from '../../../src/core/model/process';
import type { ProcessRow } from '../../../src/core/model/process';
import { membersOf, ownGroups, stillNeeded } from '../../../src/os/trees/membership';
import { createSnapshot } from '../../../src/os/trees/snapshot';

const row = (pid: number, ppid: number, more: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  ppid,
  born: `b${pid}`,
  pgid: pid,
  sid: pid,
  state: 'running',
  command: 'x',
  startedAt: pid * 10_000,
  ...more,
});

const remembering = (...rows: readonly ProcessRow[]) => new Map(rows.map((each) => [processKey(each), each]));
const nobody: ReadonlySet<number> = new Set();

const look = (rows: readonly ProcessRow[], markers: readonly (readonly [number, string])[] = [], self = 99) =>
  createSnapshot(rows, { markers: new Map(markers), self, browsers: nobody });

const found = (snapshot: ReturnType<typeof look>, remembered: ReturnType<typeof remembering>): readonly number[] =>
  membersOf(snapshot, 'run', remembered)
    .map(({ pid }) => pid)
    .sort((a, b) => a - b);

describe('membership of a tree', () => {
  const root = row(10, 5);

  it('takes descendants, group, session and marker, and not the rest', () => {
    const rows = [
      row(5, 1),
      root,
      row(11, 10),
      row(12, 11),
      row(13, 1, { pgid: 10 }),
      row(14, 1, { sid: 10 }),
      row(15, 1),
      row(16, 15),
      row(17, 5),
    ];
    const markers = [
      [15, 'run'],
      [17, 'another'],
    ] as const;
    assert.deepEqual(found(look(rows, markers), remembering(root)), [10, 11, 12, 13, 14, 15, 16]);
  });

  it('keeps the group of a leader that is dead', () => {
    assert.deepEqual(found(look([row(13, 1, { pgid: 10 })]), remembering(root)), [13]);
  });

  it('gives up the number of a leader that became a stranger, with its group and its children', () => {
    const stranger = row(10, 1, { born: 'later' });
    assert.deepEqual(found(look([stranger, row(20, 10, { pgid: 10, sid: 10 })]), remembering(root)), []);
  });

  it('takes the children that a dead leader left behind, which keep its number on Windows', () => {
    const rows = [row(11, 10), row(12, 11), row(20, 4)];
    assert.deepEqual(found(look(rows), remembering(root)), [11, 12]);
  });

  it('takes them too when another process has the number of the dead leader by now, and not the children of that one', () => {
    const another = row(10, 1, { born: 'later', startedAt: 500_000 });
    const rows = [another, row(11, 10), row(12, 10, { startedAt: 600_000 })];
    assert.deepEqual(found(look(rows), remembering(root)), [11]);
  });

  it('leaves children of an earlier process with the number of a dead leader alone', () => {
    assert.deepEqual(found(look([row(11, 10, { startedAt: 50_000 })]), remembering(root)), []);
  });

  it('takes no children of a dead leader whose start is not known', () => {
    const { pid, born } = root;
    const unknown = new Map([[processKey(root), { pid, born }]]);
    assert.deepEqual(membersOf(look([row(11, 10)]), 'run', unknown), []);
  });

  it('does not take a child that is older than its parent: Windows keeps the number of a dead parent', () => {
    assert.deepEqual(found(look([root, row(11, 10, { startedAt: 50_000 })]), remembering(root)), [10]);
  });

  it('leaves zombies, init, us and our ancestors out, and what is found through us', () => {
    const rows = [row(1, 0, { sid: 10 }), root, row(11, 10, { state: 'zombie' }), row(12, 10), row(13, 12), row(14, 13)];
    assert.deepEqual([...look(rows, [], 13).untouchable], [13, 12, 10, 5]);
    assert.deepEqual(found(look(rows, [], 13), remembering(root)), []);
    assert.deepEqual(found(look(rows), remembering(root)), [10, 12, 13, 14]);
  });

  it('remembers the dead as long as somebody refers to them', () => {
    const child = row(11, 10);
    const before = remembering(root, child);
    assert.deepEqual([...stillNeeded(look([row(13, 1, { pgid: 10 })]), [], before).keys()], [processKey(root)]);
    assert.deepEqual([...stillNeeded(look([child]), [child], before).keys()], [processKey(root), processKey(child)]);
  });

  it('signals a group as a whole only when everybody in it is ours', () => {
    const member = row(11, 10, { pgid: 10 });
    const stranger = row(30, 1, { pgid: 10 });
    assert.deepEqual([...ownGroups(look([root, member]), [root, member], nobody)], [10]);
    assert.deepEqual([...ownGroups(look([root, member, stranger]), [root, member], nobody)], []);
    assert.deepEqual([...ownGroups(look([]), [], new Set([10]))], [10], 'also when nobody is seen in it now');
    assert.deepEqual(
      [...ownGroups(look([row(10, 1, { born: 'later', pgid: 3 })]), [], new Set([10]))],
      [],
      'but not when a stranger has the number',
    );
  });
});
