/** Waiting for the outcome of a request: ready, or known why not, or gone from the file. */
import assert from 'node:assert/strict';
import { settled } from '../../../src/app/settled';
import { settle } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

describe('app: settled', () => {
  it('waits until a service is ready, or until it is known why not', async () => {
    const world = new FakeWorld(serviceSpec());
    world.supervisor.start('web');
    const ready = settled('web', world.store, world.clock);
    await world.clock.turn(100);
    assert.equal((await ready)?.state.lifecycle.kind, 'running');
    world.machine.end(world.pid());
    await settle();
    const down = settled('web', world.store, world.clock);
    world.terminals.tell.ended(world.run(), 4, false);
    const found = await down;
    assert.ok(found?.state.lifecycle.kind === 'failed' && found.state.lifecycle.failure.kind === 'crashed');
    assert.equal(found.state.lifecycle.failure.end.exitCode, 4);
    assert.equal(world.clock.pending, 0);
  });

  it('goes on waiting when a crash is followed by another try', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'on-failure' }));
    await world.up();
    world.machine.end(world.pid());
    await settle();
    const again = settled('web', world.store, world.clock);
    await world.clock.turn(10_000);
    assert.equal((await again)?.state.lifecycle.kind, 'running');
    world.supervisor.dispose();
    assert.equal(world.clock.pending, 0);
  });

  it('settles with the last state of a service that left its file', async () => {
    const world = new FakeWorld(serviceSpec());
    world.preflight.close();
    world.supervisor.start('web');
    const gone = settled('web', world.store, world.clock);
    world.configure();
    world.supervisor.stop('web');
    world.preflight.open();
    await world.clock.turn(100);
    assert.equal((await gone)?.state.lifecycle.kind, 'stopped');
    assert.equal(await settled('nobody', world.store, world.clock), undefined);
  });
});
