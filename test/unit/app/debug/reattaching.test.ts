/** A reloader replaces the process that is debugged. */
import assert from 'node:assert/strict';
import { Bench } from './bench';

async function debugged(): Promise<Bench> {
  const bench = new Bench();
  await bench.world.up();
  await bench.debug();
  assert.deepEqual([bench.done, bench.started.length], [['signal 7'], 1]);
  return bench;
}

describe('app: the debugger of a process that a reloader has replaced', () => {
  it('is attached to the next process, without anything that is shown, and to the one after it', async () => {
    const bench = await debugged();
    await bench.reload(8);
    assert.deepEqual(bench.done.slice(1), ['signal 8', 'quiet']);
    await bench.reload(10);
    assert.deepEqual(bench.done.slice(3), ['signal 10', 'quiet']);
  });

  it('is not attached again to the process that it has left', async () => {
    const bench = await debugged();
    await bench.reload(7);
    await bench.world.clock.turn(120_000);
    assert.deepEqual(bench.done, ['signal 7']);
  });

  it('waits for the next process while the reloader waits for a change, but not for ever', async () => {
    for (const [late, isAttached] of [
      [20_000, true],
      [90_000, false],
    ] as const) {
      const bench = await debugged();
      // Only the reloader is there.
      bench.command = 'sh';
      await bench.reload(8);
      await bench.world.clock.turn(late);
      bench.command = 'node server.js';
      await bench.world.clock.turn(60_000);
      assert.equal(bench.done.includes('signal 8'), isAttached, `after ${late} ms`);
    }
  });

  it('signals no process before it was seen twice, because the signal ends a Node that only begins', async () => {
    const bench = await debugged();
    [bench.pid, bench.inspector] = [8, undefined];
    bench.lose();
    await bench.world.clock.turn(260);
    assert.deepEqual(bench.done, ['signal 7']);
    await bench.world.clock.turn(260);
    assert.equal(bench.done[1], 'signal 8');
  });

  it('is tried three times', async () => {
    const bench = await debugged();
    bench.isStarted = false;
    await bench.reload(8);
    // As the session that was tried in vain.
    bench.lose();
    await bench.world.clock.turn(120_000);
    assert.equal(bench.started.length, 4);
  });

  it('is not attached to another run, nor beside another session', async () => {
    const restarted = await debugged();
    restarted.inspector = undefined;
    restarted.lose();
    restarted.world.supervisor.restart('web');
    restarted.pid = 8;
    await restarted.world.clock.turn(120_000);
    assert.deepEqual(restarted.done, ['signal 7']);
    const beside = await debugged();
    beside.world.debuggers.attach(beside.world.service('web').spec);
    await beside.reload(8);
    assert.deepEqual(beside.done, ['signal 7']);
  });
});
