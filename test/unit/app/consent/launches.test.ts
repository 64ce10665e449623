/** What an automatic start may run: nothing but what the user agreed to. */
import assert from 'node:assert/strict';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const web = serviceSpec('web', {
  restart: 'on-failure',
  probe: probeSpec({ interval: 1000 }),
  backoff: { initial: 1000, max: 1000, resetAfter: 60_000 },
});

describe('app: consent before a launch', () => {
  it('records a start by the user as consent', async () => {
    const world = new FakeWorld(web);
    await world.up('web');
    assert.deepEqual(world.recorded, ['web']);
  });

  it('refuses an automatic start of what was not agreed to, and runs nothing', async () => {
    const world = new FakeWorld(web);
    world.isAgreed = false;
    world.supervisor.start('web', 'auto');
    await world.clock.turn(5000);
    assert.equal(world.snapshot('web').lifecycle, 'failed');
    assert.match(world.snapshot('web').reason ?? '', /has changed since you last started it/);
    assert.deepEqual([world.terminals.launches.length, world.recorded], [0, []]);
  });

  it('refuses the restart after a crash when the commands have changed since, and runs nothing', async () => {
    const world = new FakeWorld(web);
    await world.up('web');
    const before = world.terminals.launches.length;
    world.isAgreed = false;
    await world.crash('web', 1);
    await world.clock.turn(10_000);
    assert.equal(world.snapshot('web').lifecycle, 'failed');
    assert.equal(world.terminals.launches.length, before);
  });

  it('restarts after a crash when the commands are the same', async () => {
    const world = new FakeWorld(web);
    await world.up('web');
    const before = world.terminals.launches.length;
    await world.crash('web', 1);
    await world.clock.turn(10_000);
    assert.equal(world.terminals.launches.length, before + 1);
  });
});
