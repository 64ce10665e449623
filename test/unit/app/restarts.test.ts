/** Crashes and what follows: back-off, the breaker, causes that repeat, and whatever bypasses them. */
import assert from 'node:assert/strict';
import type { ServiceSpec } from '../../../src/core/model/service';
import { settle } from '../../support/fakes/clock';
import { jobSpec, probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const retried = (changes: Partial<ServiceSpec> = {}): ServiceSpec =>
  serviceSpec('web', { restart: 'on-failure', backoff: { initial: 1000, max: 3000, resetAfter: 60_000 }, ...changes });

/** How long (ms) it waits before the next try. */
function pause(world: FakeWorld): number {
  const lifecycle = world.lifecycle();
  if (lifecycle.kind !== 'backingOff') assert.fail(`it is ${lifecycle.kind}`);
  return lifecycle.until - lifecycle.since;
}

describe('app: restarts', () => {
  it('backs off twice as long each time up to the maximum, then gives up with the reason', async () => {
    const world = new FakeWorld(retried({ maxRestarts: 3 }));
    await world.up();
    const pauses: number[] = [];
    for (let crash = 1; crash <= 3; crash += 1) {
      await world.crash();
      pauses.push(pause(world));
      await world.clock.turn(pause(world) - 1);
      assert.equal(world.terminals.launches.length, crash, 'not before its time');
      await world.clock.turn(100);
      assert.equal(world.snapshot().health, 'healthy');
    }
    assert.deepEqual(pauses, [1000, 2000, 3000]);
    await world.crash('web', 1, 'Error: the database is gone');
    const { lifecycle } = world.service('web').state;
    assert.equal(lifecycle.kind === 'failed' && lifecycle.failure.kind, 'gaveUp');
    assert.match(world.snapshot().reason ?? '', /the database is gone.*after 3 restarts/);
    await world.clock.turn(600_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length, world.clock.pending], ['failed', 4, 0]);
  });

  it('forgets its restarts after it ran stably for long enough', async () => {
    const world = new FakeWorld(retried());
    await world.up();
    await world.crash();
    await world.clock.turn(2000);
    assert.equal(world.service('web').state.restarts.inARow, 1);
    await world.clock.turn(61_000);
    assert.deepEqual(world.service('web').state.restarts, { inARow: 0, total: 1 });
    await world.crash();
    assert.equal(pause(world), 1000);
  });

  it('does not take being unhealthy for running stably: the breaker opens all the same', async () => {
    const world = new FakeWorld(
      retried({ restartUnhealthyAfter: 90_000, maxRestarts: 2, probe: probeSpec({ startPeriod: 0, failureThreshold: 1 }) }),
    );
    world.prober.refuse(8000);
    world.supervisor.start('web');
    await world.clock.turn(3_600_000);
    assert.equal(world.terminals.launches.length, 3);
    assert.equal(world.service('web').state.restarts.inARow, 2);
  });

  it('does not take reloading, or not knowing, for running stably', async () => {
    for (const health of ['reloading', 'unknown'] as const) {
      const world = new FakeWorld(retried({ probe: probeSpec({ startPeriod: 600_000, interval: 1000 }) }));
      await world.up();
      await world.crash();
      if (health === 'unknown') {
        world.prober.refuse(8000);
        await world.clock.turn(1000);
        world.terminals.tell.wrote(world.run(), 'ready\n');
        await world.clock.turn(59_500);
      } else {
        await world.clock.turn(1000);
        await world.clock.turn(59_500);
        world.prober.refuse(8000);
        world.terminals.tell.wrote(world.run(), "WARNING:  WatchFiles detected changes in 'main.py'. Reloading...\r\n");
      }
      await world.clock.turn(2000);
      assert.deepEqual([world.snapshot().health, world.service('web').state.restarts.inARow], [health, 1]);
    }
  });

  it('restarts for being unhealthy only when the configuration asks for it, and never under a debugger', async () => {
    const probe = probeSpec({ startPeriod: 0, failureThreshold: 1 });
    const patient = new FakeWorld(retried({ probe }));
    const strict = new FakeWorld(retried({ probe, restartUnhealthyAfter: 20_000 }));
    for (const world of [patient, strict]) {
      await world.up();
      world.prober.refuse(8000);
    }
    strict.debuggers.holdsAll = true;
    for (const world of [patient, strict]) await world.clock.turn(60_000);
    assert.deepEqual(
      [patient, strict].map((world) => world.terminals.launches.length),
      [1, 1],
    );
    strict.debuggers.holdsAll = false;
    strict.prober.answer(8000);
    await strict.clock.turn(60_000);
    assert.equal(strict.terminals.launches.length, 1, 'it became well in time');
    strict.prober.refuse(8000);
    await strict.clock.turn(26_000);
    assert.equal(strict.terminals.launches.length, 2);
  });

  it('bypasses the back-off and closes the breaker when a person starts it', async () => {
    const world = new FakeWorld(retried());
    await world.up();
    await world.crash();
    assert.equal(world.kind(), 'backingOff');
    await world.up();
    assert.deepEqual([world.kind(), world.service('web').state.restarts.inARow], ['running', 0]);
    await world.clock.turn(30_000);
    assert.equal(world.terminals.launches.length, 2, 'the retry that was due is not made as well');
  });

  it('stays stopped when it is stopped while it backs off', async () => {
    const world = new FakeWorld(retried());
    await world.up();
    await world.crash();
    world.supervisor.stop('web');
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length, world.clock.pending], ['stopped', 1, 0]);
  });

  it('stays down when it is stopped between the crash and its exit code, which is told nevertheless', async () => {
    const world = new FakeWorld(retried());
    await world.up();
    const run = world.run();
    world.machine.end(world.pid());
    await settle();
    world.supervisor.stop('web');
    world.terminals.tell.ended(run, 3, false);
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length, world.snapshot().exitCode], ['stopped', 1, 3]);
  });

  it('takes a late exit code for its words only, and starts nothing', async () => {
    const world = new FakeWorld(jobSpec('web', { restart: 'on-failure' }));
    await world.up();
    const run = world.run();
    world.machine.end(world.pid());
    await world.clock.turn(5000);
    assert.equal(world.kind(), 'exited');
    world.terminals.tell.ended(run, 7, false);
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind(), world.snapshot().exitCode, world.terminals.launches.length], ['failed', 7, 1]);
  });

  it('takes output that arrives after the exit code for the cause, also of the last of several failures', async () => {
    const world = new FakeWorld(retried({ maxRestarts: 1 }));
    await world.up();
    await world.crash();
    const first = world.run();
    world.terminals.tell.wrote(first, 'Error: connection refused\r\n');
    assert.match(world.snapshot().reason ?? '', /connection refused/);
    await world.clock.turn(pause(world) + 100);
    await world.crash('web', 1);
    const last = world.run();
    assert.notEqual(last, first);
    world.terminals.tell.wrote(last, 'Error: the database ');
    world.terminals.tell.wrote(last, 'is gone\r\n');
    assert.match(world.snapshot().reason ?? '', /the database is gone.*after 1 restart/);
    await world.clock.turn(600_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['failed', 2]);
  });

  it('is not restarted when output that arrives late names a cause that repeats', async () => {
    const world = new FakeWorld(retried());
    await world.up();
    await world.crash();
    assert.equal(world.kind(), 'backingOff');
    world.terminals.tell.wrote(world.run(), "ModuleNotFoundError: No module named 'app'\r\n");
    await world.clock.turn(600_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['failed', 1]);
  });

  it('knows the exit code also when the terminal tells of the end before the process is seen to be gone', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.terminals.tell.ended(world.run(), 3, false);
    world.machine.end(world.pid());
    await settle();
    assert.deepEqual([world.kind(), world.snapshot().exitCode], ['failed', 3]);
  });

  it('does not take a report from long before the end for its explanation', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.terminals.tell.ended(world.run(), 3, false);
    await world.clock.turn(10_000);
    world.machine.end(world.pid());
    await world.clock.turn(5000);
    assert.deepEqual([world.kind(), world.snapshot().exitCode], ['failed', undefined]);
  });

  it('does not restart after Ctrl+C or a closed terminal', async () => {
    const world = new FakeWorld(retried({ restart: 'always' }));
    await world.up();
    const run = world.run();
    world.terminals.tell.wrote(run, '^CINFO:     Shutting down\r\n');
    world.machine.end(world.pid());
    await settle();
    world.terminals.tell.ended(run, 0, true);
    await world.clock.turn(60_000);
    assert.deepEqual(world.lifecycle(), { kind: 'stopped', run, cause: { kind: 'ctrlC' } });
    await world.up();
    const second = world.run();
    world.machine.end(world.pid());
    await settle();
    world.terminals.tell.ended(second, undefined, false);
    world.terminals.tell.closed(second);
    await world.clock.turn(60_000);
    assert.deepEqual(world.lifecycle(), { kind: 'stopped', run: second, cause: { kind: 'terminalClosed' } });
  });

  it('runs a job again and again only with "always"', async () => {
    for (const [restart, kind] of [
      ['always', 'backingOff'],
      ['on-failure', 'exited'],
    ] as const) {
      const world = new FakeWorld(jobSpec('web', { restart }));
      await world.up();
      await world.crash('web', 0);
      assert.equal(world.kind(), kind, restart);
    }
  });

  it('does not retry what must fail in the same way, until a file of the service is saved', async () => {
    const world = new FakeWorld(retried({ cwd: 'backend' }));
    await world.up();
    await world.crash('web', 1, "ModuleNotFoundError: No module named 'fastapi'");
    assert.equal(world.kind(), 'failed');
    assert.match(world.snapshot().reason ?? '', /No module named 'fastapi'.*retry when a file in its folder is saved/);
    await world.clock.turn(600_000);
    world.supervisor.fileSaved('/shop/frontend/main.ts');
    world.supervisor.fileSaved('/shop/backend2/main.py');
    await world.clock.turn(1000);
    assert.equal(world.terminals.launches.length, 1);
    world.supervisor.fileSaved('/shop/backend/main.py');
    await world.clock.turn(1000);
    assert.deepEqual([world.snapshot().health, world.terminals.launches.length], ['healthy', 2]);
    assert.equal(world.terminals.launches[1]?.by, 'auto');
    await world.crash('web', 1, "ModuleNotFoundError: No module named 'fastapi'");
    world.supervisor.fileSaved('\\Shop\\Backend\\main.py');
    await world.clock.turn(1000);
    assert.equal(world.terminals.launches.length, 3, 'whatever the case and the slashes');
  });

  it('is not started by a saved file when nothing ever restarts it', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    await world.crash('web', 1, 'SyntaxError: invalid syntax');
    world.supervisor.fileSaved('/shop/main.py');
    await world.clock.turn(1000);
    assert.equal(world.kind(), 'failed');
  });

  it('ends what a crash left behind before it launches anew', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const orphan = world.machine.spawn('web', world.run());
    world.trees.kills.close();
    const [leader] = world.machine.living('web');
    world.machine.end(leader?.identity.pid ?? 0);
    await settle();
    world.supervisor.start('web');
    await world.clock.turn(500);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['launching', 1]);
    world.trees.kills.open();
    await world.clock.turn(500);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['running', 2]);
    assert.ok(!world.machine.isAlive(orphan.identity));
  });
});
