/** Whose process holds a port: another service's, another window's, VS Code's own. A healthy service is never ended without consent. */
import assert from 'node:assert/strict';
import type { ServiceSpec } from '../../../src/core/model/service';
import { settle } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const policy = (onPortConflict: ServiceSpec['onPortConflict']): ServiceSpec => serviceSpec('web', { onPortConflict });

describe('app: a port of another service', () => {
  const both = serviceSpec('both', { port: 4001, restart: 'on-failure' });
  const api = (onPortConflict: ServiceSpec['onPortConflict']): ServiceSpec => serviceSpec('api', { port: 4002, onPortConflict });

  /** `both` is healthy, and its process listens on the port of `api` as well. */
  async function sharing(onPortConflict: ServiceSpec['onPortConflict']): Promise<FakeWorld> {
    const world = new FakeWorld(both, api(onPortConflict));
    await world.up('both');
    world.hold(4002, world.pid('both'));
    return world;
  }

  for (const choice of ['stop', 'ask', 'adopt'] as const) {
    it(`is asked about by "${choice}", with the name of the service, and nothing is ended without the answer`, async () => {
      const world = await sharing(choice);
      world.supervisor.start('api');
      await world.clock.turn(60_000);
      assert.equal(world.snapshot('api').reason, 'Port 4002 is in use by the service both, which is healthy.');
      assert.deepEqual([world.questions.length, world.machine.signals, world.snapshot('both').health], [1, [], 'healthy']);
    });

    it(`is refused by "${choice}" when the start is automatic`, async () => {
      const world = await sharing(choice);
      world.supervisor.start('api', 'auto');
      await world.clock.turn(60_000);
      assert.match(world.snapshot('api').reason ?? '', /^Port 4002 is in use by the service both, which is healthy. Stop that/);
      assert.deepEqual([world.questions.length, world.kind('both'), world.machine.signals], [0, 'running', []]);
    });
  }

  it('is freed with consent by a stop of that service, which says so and is not restarted', async () => {
    const world = await sharing('ask');
    world.supervisor.start('api');
    await settle();
    world.questions[0]?.answer('stop');
    await world.clock.turn(200);
    assert.deepEqual([world.kind('both'), world.snapshot('both').reason], ['stopped', 'To free port 4002 for api.']);
    assert.equal(world.snapshot('api').health, 'healthy');
    await world.clock.turn(120_000);
    assert.deepEqual([world.kind('both'), world.terminals.order], ['stopped', ['both', 'api']]);
  });

  it('says why the service was stopped also when that took a kill', async () => {
    const world = await sharing('ask');
    for (const each of world.machine.living('both')) each.manner = 'stay';
    world.supervisor.start('api');
    await settle();
    world.questions[0]?.answer('stop');
    await world.clock.turn(20_000);
    assert.deepEqual([world.snapshot('both').reason, world.kind('api')], ['To free port 4002 for api.', 'running']);
  });

  it('counts several processes of one service once', async () => {
    const world = await sharing('ask');
    const worker = world.machine.spawn('both', world.run('both'));
    world.hold(4002, worker.identity.pid);
    world.supervisor.start('api');
    await settle();
    assert.equal(world.snapshot('api').reason, 'Port 4002 is in use by the service both, which is healthy.');
    world.questions[0]?.answer('stop');
    await world.clock.turn(200);
    assert.deepEqual([world.kind('both'), world.kind('api')], ['stopped', 'running']);
  });

  it('is recognized by the parents of its process where the system shows no environment', async () => {
    const world = await sharing('ask');
    const child = world.machine.spawn('both', 'unknown').identity;
    const leader = world.machine.living('both')[0]?.identity ?? assert.fail();
    world.ports.delete(4002);
    world.hold(4002, child.pid, { lineage: [child, leader] });
    world.supervisor.start('api');
    await settle();
    assert.match(world.snapshot('api').reason ?? '', /in use by the service both/);
  });

  it('is named by its old name when the service was renamed while it runs', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.hold(8000, world.pid());
    world.configure(serviceSpec('shop', { onPortConflict: 'stop' }));
    world.supervisor.start('shop');
    await settle();
    assert.match(world.snapshot('shop').reason ?? '', /in use by the service web, which is healthy/);
    assert.deepEqual(world.machine.signals, []);
  });

  it('is left alone by two variants with "stop" and restarts that want one port', async () => {
    const words = { port: 4002, onPortConflict: 'stop', restart: 'on-failure' } as const;
    const world = new FakeWorld(serviceSpec('api', words), serviceSpec('api:debug', words));
    await world.up('api');
    world.hold(4002, world.pid('api'));
    world.supervisor.start('api:debug', 'auto');
    await world.clock.turn(120_000);
    assert.deepEqual([world.kind('api'), world.kind('api:debug'), world.terminals.order], ['running', 'failed', ['api']]);
  });
});

describe('app: a port of another window', () => {
  const web = policy('stop');

  it('belongs to the service that the other window runs, and is never freed without consent', async () => {
    const world = new FakeWorld(web);
    const alive = world.machine.spawn('extension host', 'none').identity;
    const { process } = world.leftOver(8000, serviceSpec('shop', { folder: '/blog' }), { host: alive });
    world.supervisor.start('web', 'auto');
    await settle();
    assert.match(world.snapshot().reason ?? '', /in use by the service shop, which another window runs/);
    assert.ok(world.machine.isAlive(process));
  });

  it('is not left over when the other window runs this very service', async () => {
    const world = new FakeWorld(web);
    const alive = world.machine.spawn('extension host', 'none').identity;
    const { process } = world.leftOver(8000, web, { host: alive });
    world.supervisor.start('web', 'auto');
    await settle();
    assert.deepEqual([world.kind(), world.machine.isAlive(process)], ['failed', true]);
  });

  it('is not left over to this service when it was left by another one', async () => {
    const world = new FakeWorld(web);
    const { process } = world.leftOver(8000, serviceSpec('shop', { folder: '/blog' }));
    world.supervisor.start('web', 'auto');
    await settle();
    assert.match(world.snapshot().reason ?? '', new RegExp(`in use by pid ${process.pid} \\(command`));
    assert.ok(world.machine.isAlive(process));
  });

  it('is not left over while its window is not known', async () => {
    const world = new FakeWorld(web);
    const { process } = world.leftOver(8000, web);
    const entry = world.ledger.get('/shop/web') ?? assert.fail();
    const { host: _host, ...unknown } = entry;
    world.ledger.set('/shop/web', unknown);
    world.supervisor.start('web', 'auto');
    await settle();
    assert.deepEqual([world.kind(), world.machine.isAlive(process)], ['failed', true]);
  });

  it('is asked about when another process holds it beside what is left over', async () => {
    const world = new FakeWorld(web);
    const left = world.leftOver(8000, web);
    const other = world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    assert.deepEqual([world.questions[0]?.owners.length, world.machine.signals], [2, []]);
    assert.ok(world.machine.isAlive(left.process) && world.machine.isAlive(other.process));
  });
});

describe('app: a port of VS Code itself', () => {
  for (const by of ['user', 'auto'] as const) {
    it(`refuses a start by ${by}, and is never offered to be freed`, async () => {
      const world = new FakeWorld(policy('ask'));
      world.stranger(8000, { isEditor: true });
      world.supervisor.start('web', by);
      await settle();
      assert.match(world.snapshot().reason ?? '', /^Port 8000 is in use by VS Code itself \(pid \d+\). Close what uses it there/);
      assert.deepEqual([world.kind(), world.questions, world.machine.signals], ['failed', [], []]);
    });
  }

  it('is still a service when an extension of VS Code started its process', async () => {
    const world = new FakeWorld(serviceSpec(), serviceSpec('api', { port: 4002 }));
    await world.up();
    world.hold(4002, world.pid(), { isEditor: true });
    world.supervisor.start('api');
    await settle();
    assert.match(world.snapshot('api').reason ?? '', /in use by the service web/);
  });
});
