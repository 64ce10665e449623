import assert from 'node:assert/strict';
import { unavailable } from '../../../src/core/model/process';
import { systemClock } from '../../../src/os/clock';
import { createProcessTrees } from '../../../src/os/trees/index';
import { Cleanup } from '../support/cleanup';
import { start } from '../support/services';
import { until } from '../support/until';
import { portTable, processTable } from './support';

describe('a tree where no process table can be read', function () {
  this.timeout(20_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const blind = { ...processTable, scan: () => Promise.resolve(unavailable('It is hidden.')) };
  const trees = createProcessTrees({ processTable: blind, portTable, clock: systemClock });

  it('is ended by tree-kill', async () => {
    const { root, living } = await start({ command: 'sleep 1000 & sleep 1001; true' }, cleanup);
    await until('all run', () => living().length === 3);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    assert.equal((await tree.members()).kind, 'unavailable');
    assert.deepEqual(await tree.kill(), { killed: [root.process.pid], left: [] });
    await until('all are gone', () => living().length === 0);
    assert.deepEqual(await tree.gone(AbortSignal.timeout(5000)), { portFree: true, holders: [] });
  });

  it('loses its leader at least, where tree-kill would raise an exception for want of ps', async () => {
    const { root } = await start({ command: 'sleep 1000; true' }, cleanup);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      assert.deepEqual(await tree.kill(), { killed: [root.process.pid], left: [] });
    } finally {
      process.env['PATH'] = path;
    }
  });

  it('is left alone when the start time of its leader cannot be read, or is another one', async () => {
    const { root, living } = await start({ command: 'sleep 1000; true' }, cleanup);
    await until('all run', () => living().length === 2);
    const unproven = { ...blind, isAlive: () => true, identify: () => Promise.resolve(unavailable('PowerShell is useless.')) };
    const unread = createProcessTrees({ processTable: unproven, portTable, clock: systemClock }).open(root);
    cleanup.add(() => unread.dispose());
    await unread.interrupt('SIGTERM');
    const outcome = await unread.kill();
    assert.deepEqual([outcome.killed, outcome.left], [[], [root.process.pid]]);
    assert.match(outcome.why ?? '', /start time cannot be read, so it is not ended: PowerShell is useless/);

    const reused = { ...blind, isAlive: () => true };
    const other = { ...root, process: { pid: root.process.pid, born: 'before the reboot' } };
    const tree = createProcessTrees({ processTable: reused, portTable, clock: systemClock }).open(other);
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGTERM');
    assert.deepEqual((await tree.kill()).killed, []);
    assert.equal(living().length, 2);
  });

  it('is interrupted by the group of its leader', async () => {
    const { root, living } = await start({ command: 'sleep 1000; true' }, cleanup);
    await until('all run', () => living().length === 2);
    const tree = trees.open(root);
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGTERM');
    await until('all are gone', () => living().length === 0);
  });
});
