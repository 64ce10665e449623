import assert from 'node:assert/strict';
import type { ProcessIdentity, ProcessRow } from '../../src/core/model/process';
import { systemClock } from '../../src/os/clock';
import { createWindowsPortTable } from '../../src/os/portTable/windows';
import { createWindowsProcessTable } from '../../src/os/processTable/windows';
import { pidExists } from '../../src/os/system/existence';
import { createProcessTrees } from '../../src/os/trees/index';
import { nativeSource } from './source';
import { idle, identityOf, Programs, spawning, until } from './programs';

/** Late enough to be seen with its children on a machine that is busy. */
const endsSoon = 'setTimeout(() => process.exit(), 3000)';

describe('trees of processes on Windows', function () {
  this.timeout(60_000);
  const source = nativeSource();
  const processTable = createWindowsProcessTable(source);
  const portTable = {
    ...createWindowsPortTable(source, processTable),
    canBind: () => Promise.resolve({ kind: 'free' as const }),
  };
  const trees = createProcessTrees({ processTable, portTable, clock: systemClock });
  const programs = new Programs();
  afterEach(() => programs.end());

  const childrenOf = async (pid: number): Promise<readonly ProcessRow[]> => {
    const rows = await processTable.scan();
    return rows.kind === 'known' ? rows.value.filter((row) => row.ppid === pid) : [];
  };
  const childOf = (pid: number): Promise<ProcessRow> =>
    until(`a child of ${pid}`, async () => (await childrenOf(pid)).find((child) => programs.isRunning(child.pid)));
  const ends = (pid: number): Promise<true> => until(`pid ${pid} ends`, () => (pidExists(pid) ? undefined : true));

  it('are ended with all that they started, and nothing else', async () => {
    const other = await programs.node(idle);
    const leader = await programs.node(spawning(spawning(idle, idle), idle));
    const child = await childOf(leader);
    const grandchild = await childOf(child.pid);
    const tree = trees.open({ process: await identityOf(processTable, leader), marker: 'none' });
    const outcome = await tree.kill();
    tree.dispose();
    assert.deepEqual(outcome, { killed: [grandchild.pid, child.pid, leader], left: [] });
    assert.ok(pidExists(other));
  });

  it('are found by the children of a leader that is dead, also when no look has seen them before', async () => {
    const leader = await programs.node(spawning(idle, endsSoon));
    const process = await identityOf(processTable, leader);
    const child = await childOf(leader);
    await ends(leader);
    const tree = trees.open({ process, marker: 'none' });
    const members = await tree.members();
    assert.deepEqual(members.kind === 'known' && members.value.map(({ pid }) => pid), [child.pid]);
    assert.deepEqual(await tree.kill(), { killed: [child.pid], left: [] });
    tree.dispose();
  });

  it('are found by the marker of their run where every parent is dead', async () => {
    const script = spawning(spawning(idle, endsSoon), endsSoon);
    const leader = await programs.node(script, [], { env: { SERVICE_LIFECYCLE_RUN: 'run-7' } });
    const process = await identityOf(processTable, leader);
    const child = await childOf(leader);
    const last = await childOf(child.pid);
    await ends(leader);
    await ends(child.pid);
    const tree = trees.open({ process, marker: 'run-7' });
    assert.deepEqual(await tree.kill(), { killed: [last.pid], left: [] });
    tree.dispose();
  });

  it('leave a process alone that has the pid of a process that was meant', async () => {
    const pid = await programs.node(spawning(idle, idle));
    await childOf(pid);
    const present = await identityOf(processTable, pid);
    const before: ProcessIdentity = { pid, born: String(BigInt(present.born) - 1n) };
    assert.deepEqual(await processTable.end?.(before), { kind: 'gone' });
    const tree = trees.open({ process: before, marker: 'none' });
    assert.deepEqual((await tree.kill()).killed, []);
    tree.dispose();
    assert.ok(pidExists(pid));
    assert.deepEqual(await processTable.end?.(present), { kind: 'ended' });
    await ends(pid);
    assert.deepEqual(await processTable.end?.(present), { kind: 'gone' });
  });

  it('report the exit of many processes, each once, while others go on', async () => {
    const going = await programs.node(idle);
    const pids = await Promise.all(Array.from({ length: 3 }, () => programs.node(idle)));
    const seen: number[] = [];
    const watch = async (pid: number): Promise<void> => {
      source.awaitExit(await identityOf(processTable, pid), () => seen.push(pid));
    };
    await Promise.all([...pids, going].map(watch));
    // Answered in their order: the watches have begun then.
    await processTable.scan();
    for (const pid of pids) await processTable.end?.(await identityOf(processTable, pid));
    await until('all exits are reported', () => (seen.length === pids.length ? true : undefined));
    assert.deepEqual(seen.toSorted(), pids.toSorted());
  });

  it('report the exit of a process that ended before it was watched', async () => {
    const pid = await programs.node(idle);
    const identity = await identityOf(processTable, pid);
    await processTable.end?.(identity);
    await ends(pid);
    await new Promise<void>((resolve) => source.awaitExit(identity, resolve));
  });

  it('report no exit that is no longer awaited', async () => {
    const [one, other] = [await programs.node(idle), await programs.node(idle)];
    const [first, second] = [await identityOf(processTable, one), await identityOf(processTable, other)];
    source.awaitExit(first, () => assert.fail('It was disposed of.')).dispose();
    const reported = new Promise<void>((resolve) => source.awaitExit(second, resolve));
    await processTable.end?.(first);
    await processTable.end?.(second);
    await reported;
  });
});
