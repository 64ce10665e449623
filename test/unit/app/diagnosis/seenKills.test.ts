/** What could have ended a service is remembered for the run that it could have ended. */
import assert from 'node:assert/strict';
import { SeenKills } from '../../../../src/app/diagnosis/seenKills';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

describe('app: seen kills', () => {
  function rig() {
    const world = new FakeWorld(serviceSpec('web', { port: 8000 }));
    const counted = { kills: 3 as number | undefined };
    const seen = new SeenKills(world.store, world.clock, () => counted.kills);
    const type = (line: string): void => seen.ran({ at: world.clock.now(), line, terminal: 'zsh' });
    return { world, counted, seen, type };
  }

  it('gives a run only the commands since its start: what ended the run before is none of its own', async () => {
    const { world, seen, type } = rig();
    await world.up();
    await world.clock.turn(1000);
    type('pkill -f web');
    assert.deepEqual(
      seen.commandsSince(world.run()).map(({ line }) => line),
      ['pkill -f web'],
    );
    await world.clock.turn(10);
    world.supervisor.restart('web');
    await world.clock.turn(5000);
    assert.deepEqual(seen.commandsSince(world.run()), []);
    type('kill 4711');
    assert.equal(seen.commandsSince(world.run()).length, 1);
    assert.equal(seen.commandsSince(undefined).length, 2);
  });

  it('keeps commands that end processes, the newest 50', () => {
    const { seen, type } = rig();
    type('ls');
    for (let index = 0; index < 60; index += 1) type(`kill ${1000 + index}`);
    assert.equal(seen.commandsSince(undefined).length, 50);
    assert.equal(seen.commandsSince(undefined)[0]?.line, 'kill 1059');
  });

  it('counts what the kernel has ended since the run began, and nothing where it does not say so', async () => {
    const { world, counted, seen } = rig();
    await world.up();
    assert.equal(seen.memoryKillsSince(world.run()), 0);
    counted.kills = 5;
    assert.equal(seen.memoryKillsSince(world.run()), 2);
    counted.kills = undefined;
    assert.equal(seen.memoryKillsSince(world.run()), undefined);
    assert.equal(seen.memoryKillsSince('another'), undefined);
  });
});
