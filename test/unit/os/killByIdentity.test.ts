import assert from 'node:assert/strict';
import type { ProcessIdentity, ProcessRow, Reading } from '../../../src/core/model/process';
import { known, unavailable } from '../../../src/core/model/process';
import type { EndOutcome, SystemProcessTable } from '../../../src/os/processTable/table';
import { createProcessTrees } from '../../../src/os/trees/index';
import { leavesFirst } from '../../../src/os/trees/killByIdentity';
import type { PortTable } from '../../../src/app/ports';
import { FakeClock } from '../../support/fakes/clock';

const row = (pid: number, ppid: number, more: Partial<ProcessRow> = {}): ProcessRow => ({
  pid,
  ppid,
  born: `b${pid}`,
  state: 'running',
  command: 'x',
  startedAt: pid * 10_000,
  ...more,
});

/** A system as Windows is: no groups, no sessions, no signals, and a dead parent's number stays. */
class FakeWindows {
  readonly ended: number[] = [];
  readonly notices: (() => void)[] = [];
  refusals: Readonly<Record<number, string>> = {};
  isBlind = false;

  constructor(public rows: readonly ProcessRow[]) {}

  readonly table: SystemProcessTable = {
    scan: () => this.#scan(),
    list: () => this.#scan(),
    describe: (rows) => Promise.resolve(rows),
    markers: () => Promise.resolve(new Map()),
    identify: (pid) => Promise.resolve(known(this.rows.find((each) => each.pid === pid))),
    isAlive: ({ pid }) => this.rows.some((each) => each.pid === pid),
    cwd: () => Promise.resolve(unavailable('')),
    foregroundGroup: () => Promise.resolve(undefined),
    usage: () => Promise.resolve(known([])),
    startOf: ({ pid, born }) => (born === `b${pid}` ? pid * 10_000 : undefined),
    awaitExit: (_, gone) => {
      this.notices.push(gone);
      return { dispose: () => undefined };
    },
    end: (process) => Promise.resolve(this.#end(process)),
    backgroundScan: 5000,
  };

  #scan(): Promise<Reading<readonly ProcessRow[]>> {
    return Promise.resolve(this.isBlind ? unavailable('The helper has ended.') : known(this.rows));
  }

  #end({ pid, born }: ProcessIdentity): EndOutcome {
    const why = this.refusals[pid];
    if (why !== undefined || born === 'unverified') return { kind: 'refused', why: why ?? 'It was never read.' };
    if (!this.rows.some((each) => each.pid === pid && each.born === born)) return { kind: 'gone' };
    this.rows = this.rows.filter((each) => each.pid !== pid);
    this.ended.push(pid);
    return { kind: 'ended' };
  }
}

const noPorts = {} as PortTable;

describe('a tree on Windows', () => {
  const root = row(10, 5);
  const open = (windows: FakeWindows, process: ProcessIdentity = root) => {
    const clock = new FakeClock();
    const trees = createProcessTrees({ processTable: windows.table, portTable: noPorts, clock });
    return { tree: trees.open({ process, marker: 'run' }), trees, clock };
  };

  it('is ended leaves first, and nothing beside it', async () => {
    const windows = new FakeWindows([row(5, 1), root, row(11, 10), row(12, 11), row(13, 10), row(20, 5)]);
    const outcome = await open(windows).tree.kill();
    assert.deepEqual(windows.ended, [12, 11, 13, 10]);
    assert.deepEqual(outcome, { killed: [12, 11, 13, 10], left: [] });
  });

  it('is ended when its leader is dead already, by the children that keep its number', async () => {
    const windows = new FakeWindows([row(11, 10), row(12, 11), row(20, 5)]);
    assert.deepEqual((await open(windows).tree.kill()).killed, [12, 11]);
  });

  it('leaves a process alone that got the pid of its leader, with its children', async () => {
    const another = row(10, 1, { born: 'later', startedAt: 500_000 });
    const windows = new FakeWindows([another, row(11, 10), row(12, 10, { startedAt: 600_000 })]);
    assert.deepEqual((await open(windows).tree.kill()).killed, [11]);
    assert.deepEqual(
      windows.rows.map(({ pid }) => pid),
      [10, 12],
    );
  });

  it('ends nothing when processes cannot be listed, and says so', async () => {
    const windows = new FakeWindows([root, row(11, 10)]);
    windows.isBlind = true;
    assert.deepEqual(await open(windows).tree.kill(), { killed: [], left: [10], why: 'The helper has ended.' });
    assert.deepEqual(windows.ended, []);
  });

  it('names what may not be ended, with the reason, and ends the rest', async () => {
    const windows = new FakeWindows([root, row(11, 10)]);
    windows.refusals = { 10: 'It belongs to another user.' };
    assert.deepEqual(await open(windows).tree.kill(), { killed: [11], left: [10], why: 'It belongs to another user.' });
  });

  it('shows a leader whose start time was never read, and ends neither it nor what its pid may have started', async () => {
    const windows = new FakeWindows([root, row(11, 10)]);
    const { tree } = open(windows, { pid: 10, born: 'unverified' });
    const members = await tree.members();
    assert.deepEqual(members.kind === 'known' && members.value.map(({ pid, born }) => [pid, born]), [[10, 'unverified']]);
    assert.deepEqual(await tree.kill(), { killed: [], left: [10], why: 'It was never read.' });
    assert.deepEqual(windows.ended, []);
  });

  it('is known to be over as soon as the system reports it, once', async () => {
    const windows = new FakeWindows([row(process.pid, 1)]);
    const { trees, clock } = open(windows);
    let ends = 0;
    trees.watchExit({ pid: process.pid, born: `b${process.pid}` }, () => ends++);
    await clock.turn(0);
    assert.equal(ends, 0);
    windows.notices.forEach((notice) => notice());
    windows.notices.forEach((notice) => notice());
    await clock.turn(1000);
    assert.equal(ends, 1);
  });

  it('is not taken for ended when its start time was never read', async () => {
    const windows = new FakeWindows([row(process.pid, 1)]);
    const { trees, clock } = open(windows);
    let ends = 0;
    trees.watchExit({ pid: process.pid, born: 'unverified' }, () => ends++);
    await clock.turn(5000);
    assert.equal(ends, 0);
  });
});

describe('the order of ending', () => {
  it('is children before parents, also where two processes name each other as parent', () => {
    const order = (...rows: readonly ProcessRow[]) => leavesFirst(rows).map(({ pid }) => pid);
    assert.deepEqual(order(row(1, 0), row(2, 1), row(3, 2)), [3, 2, 1]);
    assert.deepEqual(order(row(1, 2), row(2, 1)).toSorted(), [1, 2]);
  });
});
