/** Parts of the outside that throw, hang or answer late: every service still comes to a state that is true. */
import assert from 'node:assert/strict';
import { settle } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const broken = new Error('EPERM: operation not permitted');

describe('app: parts that fail', () => {
  it('starts and stops a service although the ledger cannot be changed', async () => {
    const world = new FakeWorld(serviceSpec());
    world.ledgerFault = broken;
    await world.up();
    assert.equal(world.snapshot().health, 'healthy');
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().length], ['stopped', 0]);
    await world.up();
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['running', 2]);
    assert.ok(world.log.some((line) => line.includes('release failed: EPERM')));
  });

  it('restarts a crashed service although its ledger entry cannot be removed', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'on-failure' }));
    await world.up();
    world.ledgerFault = broken;
    await world.crash();
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['running', 2]);
  });

  it('reports a launch that throws as a refused start', async () => {
    const world = new FakeWorld(serviceSpec());
    world.terminals.fault = broken;
    await world.up();
    assert.equal(world.kind(), 'failed');
    assert.match(world.snapshot().reason ?? '', /internal error: EPERM/);
    world.terminals.fault = undefined;
    await world.up();
    assert.equal(world.kind(), 'running');
  });

  it('reports a look at the port that throws as a refused start', async () => {
    const world = new FakeWorld(serviceSpec());
    world.portFault = broken;
    await world.up();
    assert.equal(world.kind(), 'failed');
  });

  it('goes on probing after a probe that throws', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.prober.fault = broken;
    await world.clock.turn(20_000);
    assert.equal(world.snapshot().health, 'unhealthy');
    world.prober.fault = undefined;
    await world.clock.turn(2000);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('reports what a kill that throws could not end, and kills again on the next stop', async () => {
    const world = new FakeWorld(serviceSpec('web', { stopGracePeriod: 1000 }));
    await world.up();
    for (const each of world.machine.living()) each.manner = 'stay';
    world.trees.fault = broken;
    world.supervisor.stop('web');
    await world.clock.turn(2000);
    assert.match(world.snapshot().reason ?? '', /^Could not be stopped: EPERM.*pid 101/);
    world.trees.fault = undefined;
    world.supervisor.stop('web');
    await world.clock.turn(2000);
    assert.deepEqual([world.kind(), world.machine.living().length], ['stopped', 0]);
  });

  it('starts again although the sweep after a crash failed', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.trees.fault = broken;
    await world.crash();
    await world.up();
    assert.equal(world.kind(), 'running');
  });

  it('keeps a view that throws from stopping anything', async () => {
    const world = new FakeWorld(serviceSpec());
    const thrown: unknown[] = [];
    const listeners = process.listeners('uncaughtException');
    process.removeAllListeners('uncaughtException');
    process.once('uncaughtException', (error) => thrown.push(error));
    const subscription = world.store.onDidChange(() => {
      subscription.dispose();
      throw broken;
    });
    await world.up();
    for (const listener of listeners) process.on('uncaughtException', listener);
    assert.deepEqual([world.kind(), thrown], ['running', [broken]]);
  });
});

describe('app: a cancelled launch that never reports', () => {
  async function cancelled(): Promise<FakeWorld> {
    const world = new FakeWorld(serviceSpec());
    world.terminals.gate.close();
    world.supervisor.start('web');
    await settle();
    world.supervisor.stop('web');
    return world;
  }

  it('is waited for at most a minute, then reported as unconfirmed', async () => {
    const world = await cancelled();
    await world.clock.turn(59_000);
    assert.equal(world.kind(), 'stopping');
    await world.clock.turn(2000);
    assert.equal(world.kind(), 'failed');
    assert.match(world.snapshot().reason ?? '', /canceled, but VS Code did not report within 1 min/);
  });

  it('has its late process stopped', async () => {
    const world = await cancelled();
    await world.clock.turn(61_000);
    world.terminals.gate.open();
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().length, world.ledger.size], ['stopped', 0, 0]);
  });

  it('has its late process ended also when another run has taken its place', async () => {
    const world = await cancelled();
    await world.clock.turn(61_000);
    const openFirst = world.terminals.gate.replace();
    await world.up();
    assert.equal(world.kind(), 'running');
    openFirst();
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().map(({ run }) => run)], ['running', [world.run()]]);
  });
});
