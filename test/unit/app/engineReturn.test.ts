/** What failed without an engine is started when the engine is back, and nothing else is. */
import assert from 'node:assert/strict';
import { EngineReturn } from '../../../src/app/engineReturn';
import { upWords } from '../../../src/core/compose/words';
import { aContainer } from '../../support/fakes/containers';
import { probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const ref = { service: 'db', files: [], profiles: [], build: false };
const db = serviceSpec('db', {
  ...{ compose: ref, command: upWords(ref) },
  probe: probeSpec({ target: { kind: 'container' }, interval: 5000, startPeriod: 60_000, failureThreshold: 1 }),
});
const off = 'Cannot connect to the Docker daemon at unix:///x. Is the docker daemon running?';

describe('app: the return of the engine', () => {
  function withReturn(world: FakeWorld, leads = true): FakeWorld {
    new EngineReturn({ ...world.world, store: world.store, supervisor: world.supervisor, leads: () => leads });
    return world;
  }

  /** Its follower ends with an error. */
  async function failed(why: string | undefined, leads = true): Promise<FakeWorld> {
    const world = withReturn(new FakeWorld(db), leads);
    world.containers.unavailable = why;
    world.supervisor.start('db');
    await world.clock.turn(100);
    world.machine.end(world.pid('db'));
    world.terminals.tell.ended(world.run('db'), 1, false);
    await world.clock.turn(5000);
    assert.equal(world.kind('db'), 'failed');
    return world;
  }

  it('starts a service that failed without it', async () => {
    const world = await failed(off);
    await world.clock.turn(60_000);
    assert.equal(world.kind('db'), 'failed');
    world.containers.unavailable = undefined;
    world.containers.become('db', aContainer());
    await world.clock.turn(10_000);
    assert.equal(world.kind('db'), 'running');
  });

  it('starts none that failed for another reason, is stopped meanwhile, or is of another window', async () => {
    const other = await failed(undefined);
    other.containers.unavailable = off;
    await other.clock.turn(20_000);
    other.containers.unavailable = undefined;
    await other.clock.turn(20_000);
    assert.equal(other.kind('db'), 'failed');

    const stopped = await failed(off);
    stopped.supervisor.stop('db');
    stopped.containers.unavailable = undefined;
    await stopped.clock.turn(20_000);
    assert.equal(stopped.kind('db'), 'stopped');

    const elsewhere = await failed(off, false);
    elsewhere.containers.unavailable = undefined;
    await elsewhere.clock.turn(20_000);
    assert.equal(elsewhere.kind('db'), 'failed');

    const unreadable = await failed('missing env file');
    unreadable.containers.unavailable = undefined;
    await unreadable.clock.turn(20_000);
    assert.equal(unreadable.kind('db'), 'failed');
  });
});
