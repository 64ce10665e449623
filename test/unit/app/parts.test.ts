/** From the output of a run to the state: parts that have ended, questions. */
import assert from 'node:assert/strict';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

describe('app: parts of a service', () => {
  it('are reported as ended while the service stays healthy, and are forgotten when they write again', async () => {
    const world = new FakeWorld(serviceSpec('web', {}));
    await world.up();
    world.terminals.tell.wrote(world.run(), '[api] Error: no stock\r\n[api] node api.js exited with code 1\r\n');
    assert.deepEqual([world.kind(), world.snapshot().health], ['running', 'healthy']);
    assert.equal(world.snapshot().reason, 'Error: no stock (api has ended with exit code 1).');
    world.terminals.tell.wrote(world.run(), '[api] node api.js restarted\r\n');
    assert.equal(world.snapshot().reason, undefined);
  });

  it('are those of the present run only', async () => {
    const world = new FakeWorld(serviceSpec('web', {}));
    await world.up();
    world.terminals.tell.wrote(world.run(), '[api] node api.js exited with code 1\r\n');
    world.supervisor.restart('web');
    await world.clock.turn(5000);
    assert.deepEqual([world.kind(), world.snapshot().reason], ['running', undefined]);
  });
});

describe('app: a question in the terminal', () => {
  it('is the reason while the service starts, until something is written after it', async () => {
    const world = new FakeWorld(serviceSpec('web', {}));
    world.prober.refuse(8000);
    await world.up();
    world.terminals.tell.wrote(world.run(), 'Reset the data? [y/N] ');
    assert.match(world.snapshot().reason ?? '', /^Waiting for an answer in the terminal: Reset the data\? \[y\/N\]/);
    world.terminals.tell.wrote(world.run(), 'y\r\n');
    assert.doesNotMatch(world.snapshot().reason ?? '', /Waiting for an answer/);
  });
});
