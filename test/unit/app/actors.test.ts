/** Each start, stop and restart names who requested it, and what programs request asks the user nothing. */
import assert from 'node:assert/strict';
import { serviceTooltip } from '../../../src/core/views/tooltip';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const agent = { kind: 'agent', who: 'Copilot' } as const;

describe('app: actors', () => {
  it('names in the snapshot, the tooltip and the log who started a service', async () => {
    const world = new FakeWorld(serviceSpec());
    world.supervisor.start('web', agent);
    await world.clock.turn(100);
    assert.deepEqual(world.snapshot().startedBy, agent);
    assert.match(serviceTooltip(world.service('web'), world.clock.now()), /Started by.*Copilot &#40;agent&#41;/);
    assert.ok(world.log.some((line) => line.includes('startRequested by agent Copilot')));
  });

  it('names the user, and an automatic start', async () => {
    const world = new FakeWorld(serviceSpec(), serviceSpec('api', { port: 9000 }));
    world.supervisor.start('web');
    world.supervisor.start('api', 'auto');
    await world.clock.turn(100);
    assert.deepEqual([world.snapshot('web').startedBy, world.snapshot('api').startedBy], [{ kind: 'user' }, { kind: 'auto' }]);
  });

  it('says of a stopped service which program stopped it, and nothing of the user', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.supervisor.stop('web', { kind: 'cli', who: 'claude' });
    await world.clock.turn(100);
    assert.equal(world.snapshot().reason, 'Stopped by claude (command svc).');
    await world.up();
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.equal(world.snapshot().reason, undefined);
  });

  it('remembers over a reload who started a service', async () => {
    const before = new FakeWorld(serviceSpec());
    before.supervisor.start('web', agent);
    await before.clock.turn(100);
    const [entry] = before.ledger.values();
    before.supervisor.dispose();
    const world = new FakeWorld(serviceSpec());
    world.takeOver(before);
    assert.ok(entry);
    world.supervisor.adopt('web', entry);
    await world.clock.turn(100);
    assert.deepEqual(world.snapshot().startedBy, agent);
  });

  it('asks nothing about a taken port when a program started the service', async () => {
    const world = new FakeWorld(serviceSpec());
    world.stranger(8000);
    world.supervisor.start('web', agent);
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.questions.length], ['failed', 0]);
  });

  it('takes no start of a program for consent of the user', async () => {
    const world = new FakeWorld(serviceSpec());
    world.supervisor.start('web', agent);
    await world.clock.turn(100);
    assert.deepEqual(world.recorded, []);
  });

  it('lets a program start what it depends on, also after the user stopped that', async () => {
    const web = serviceSpec('web', { dependsOn: [{ id: 'api', condition: 'healthy' }] });
    const world = new FakeWorld(web, serviceSpec('api', { port: 9000 }));
    await world.up('api');
    world.supervisor.stop('api');
    await world.clock.turn(100);
    world.supervisor.start('web', agent);
    await world.clock.turn(500);
    assert.deepEqual([world.kind('web'), world.snapshot('api').startedBy], ['running', agent]);
  });
});
