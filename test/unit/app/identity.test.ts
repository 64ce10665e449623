/** A service is its folder and its key: ids are labels that may change, and no process ever has two rows or none. */
import assert from 'node:assert/strict';
import { adoptNewcomer, adoptRunning } from '../../../src/app/adoption';
import { settled } from '../../../src/app/settled';
import { stopAll } from '../../../src/app/stopAll';
import type { ServiceSpec } from '../../../src/core/model/service';
import { settle } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld, nothing } from '../../support/fakes/world';

const place = { folder: '/shop', folderName: 'shop', multiRoot: false };
const adoption = (world: FakeWorld) => ({ ...world.world, store: world.store, supervisor: world.supervisor });
const ids = (world: FakeWorld): readonly string[] => world.store.services().map(({ spec }) => spec.id);

/** As the same service is read while its folder is one of several. */
const inFolder = (spec: ServiceSpec, folderName = 'shop'): ServiceSpec => ({
  ...spec,
  id: `${folderName}/${spec.key}`,
  folderName,
  dependsOn: spec.dependsOn.map(({ id, ...rest }) => ({ id: `${folderName}/${id}`, ...rest })),
});

const db = serviceSpec('db', { port: 5432 });
const web = serviceSpec('web', { dependsOn: [{ id: 'db', condition: 'healthy' }] });

describe('app: a service whose id changes', () => {
  it('keeps its run when the folder becomes one of several, and when it is the only one again', async () => {
    const world = new FakeWorld(web, db);
    await world.up();
    const pid = world.pid();
    world.configure(inFolder(web), inFolder(db), serviceSpec('blog/web', { folder: '/blog', key: 'web', port: 9000 }));
    await adoptRunning([{ ...place, multiRoot: true }], adoption(world));
    assert.deepEqual(ids(world), ['shop/web', 'shop/db', 'blog/web']);
    assert.deepEqual([world.snapshot('shop/web').pid, world.snapshot('shop/web').health], [pid, 'healthy']);
    assert.equal(world.machine.watches, 2);
    world.configure(web, db);
    assert.deepEqual([ids(world), world.snapshot().pid], [['web', 'db'], pid]);
  });

  it('is probed, stopped and restarted under its new id', async () => {
    const world = new FakeWorld(web, db);
    await world.up();
    world.configure(inFolder(web), inFolder(db));
    world.prober.refuse(8000);
    await world.clock.turn(30_000);
    assert.equal(world.snapshot('shop/web').health, 'unhealthy');
    world.prober.answer(8000);
    world.supervisor.restart('shop/web');
    await world.clock.turn(200);
    assert.deepEqual([world.snapshot('shop/web').health, world.terminals.order.at(-1)], ['healthy', 'shop/web']);
    await stopAll(world.store, world.supervisor, world.clock);
    assert.deepEqual([world.machine.living().length, world.ledger.size], [0, 0]);
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
  });

  it('has its crash reported once, under its new id, and its terminal found there', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'on-failure' }));
    await world.up();
    const run = world.run();
    world.configure(inFolder(serviceSpec('web', { restart: 'on-failure' })));
    assert.deepEqual(world.terminals.attachedTo, [`shop/web ${run}`]);
    world.machine.end(world.pid());
    await settle();
    world.terminals.tell.ended(run, 3, false);
    assert.equal(world.kind('shop/web'), 'backingOff');
    await world.clock.turn(5000);
    assert.deepEqual([world.kind('shop/web'), world.machine.living().length], ['running', 1]);
  });

  it('is still waited for by a request from before the change', async () => {
    const world = new FakeWorld(serviceSpec());
    world.prober.refuse(8000);
    await world.up();
    const ready = settled('web', world.store, world.clock);
    world.configure(inFolder(serviceSpec()));
    world.prober.answer(8000);
    await world.clock.turn(2000);
    const service = await ready;
    assert.deepEqual([service?.spec.id, service?.state.lifecycle.kind], ['shop/web', 'running']);
  });
});

describe('app: services with one id', () => {
  it('are both shown when one of them is not named any more and is running', async () => {
    const world = new FakeWorld(serviceSpec('web', { folder: '/old/app' }));
    await world.up();
    const pid = world.pid();
    world.configure(serviceSpec('web', { folder: '/new/app', port: 9000 }));
    assert.deepEqual(ids(world), ['web', 'web (2)']);
    assert.deepEqual([world.kind(), world.snapshot('web (2)').pid], ['stopped', pid]);
    world.supervisor.stop('web (2)');
    await world.clock.turn(100);
    assert.deepEqual([ids(world), world.machine.living().length], [['web'], 0]);
  });
});

describe('app: a running service that its file does not name any more', () => {
  it('keeps its row when it is renamed, and the new name is another service', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const pid = world.pid();
    world.configure(serviceSpec('api'));
    assert.deepEqual([ids(world), world.snapshot('web').pid, world.kind('api')], [['api', 'web'], pid, 'stopped']);
  });

  it('is found again after a reload, under the words that it was started with, until it stops', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const pid = world.pid();
    world.supervisor.dispose();
    const next = new FakeWorld(serviceSpec('api', { port: 9000 }));
    next.takeOver(world);
    await adoptRunning([place], adoption(next));
    await next.clock.turn(100);
    assert.deepEqual(ids(next), ['api', 'web']);
    assert.deepEqual([next.snapshot('web').pid, next.snapshot('web').health], [pid, 'healthy']);
    next.supervisor.stop('web');
    await next.clock.turn(100);
    assert.deepEqual([ids(next), next.machine.living().length, next.ledger.size], [['api'], 0, 0]);
  });

  it('is one row again when its name comes back', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const pid = world.pid();
    world.configure();
    world.configure(serviceSpec());
    await adoptRunning([place], adoption(world));
    assert.deepEqual([ids(world), world.snapshot().pid, world.trees.opened], [['web'], pid, 1]);
  });

  it('is not shown as broken beside its running row while its entry has a mistake', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const broken = { id: 'web', key: 'web', folder: '/shop', folderName: 'shop', message: 'a mistake' };
    world.store.configure({ services: [], broken: [broken] });
    assert.deepEqual([ids(world), world.store.broken()], [['web'], []]);
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual([ids(world), world.store.broken()], [[], [broken]]);
  });

  for (const [what, broken] of [
    ['was removed', false],
    ['got a mistake', true],
  ] as const) {
    it(`settles a stop with what is true although the entry ${what} meanwhile`, async () => {
      const world = new FakeWorld(serviceSpec());
      await world.up();
      const entry = { id: 'web', key: 'web', folder: '/shop', folderName: 'shop', message: 'a mistake' };
      world.store.configure({ services: [], broken: broken ? [entry] : [] });
      world.supervisor.stop('web');
      const stopped = settled('web', world.store, world.clock);
      await world.clock.turn(100);
      const service = await stopped;
      assert.deepEqual(service?.state.lifecycle, { kind: 'stopped', run: 'run1', cause: { kind: 'command' } });
    });
  }

  it('is let go with its run when it has stopped', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.terminals.tell.wrote(world.run(), 'hello\n');
    world.configure();
    await world.crash();
    await world.clock.turn(5000);
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
    world.configure(serviceSpec());
    assert.deepEqual(world.supervisor.output('web').lines, []);
  });
});

describe('app: what could not be stopped', () => {
  async function resisting(): Promise<FakeWorld> {
    const world = new FakeWorld(serviceSpec('web', { stopGracePeriod: 0 }));
    await world.up();
    for (const each of world.machine.living()) each.manner = 'resist';
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.match(world.snapshot().reason ?? '', /^Could not be stopped/);
    return world;
  }

  it('is not adopted when services.json is saved: the failure stays until it is gone', async () => {
    const world = await resisting();
    world.configure(serviceSpec('web', { stopGracePeriod: 0 }));
    await adoptRunning([place], adoption(world));
    await world.clock.turn(100);
    assert.match(world.snapshot().reason ?? '', /^Could not be stopped/);
    assert.deepEqual([world.trees.opened, world.machine.watches], [1, 1]);
    world.machine.end(world.pid());
    world.trees.look();
    await settle();
    assert.equal(world.kind(), 'stopped');
  });

  it('stays in sight when its entry is removed', async () => {
    const world = await resisting();
    world.configure();
    assert.equal(world.kind(), 'failed');
    world.machine.end(world.pid());
    world.trees.look();
    await settle();
    assert.deepEqual(ids(world), []);
  });

  it('is not replaced by a process that the editor started beside it', async () => {
    const world = await resisting();
    const { identity } = world.machine.spawn('web', 'rerun');
    const outcome = adoptNewcomer({ spec: serviceSpec(), pid: identity.pid, run: 'rerun' }, adoption(world));
    await world.clock.turn(6000);
    assert.deepEqual([await outcome, world.trees.opened, world.terminals.attached], ['copy', 1, []]);
  });
});

describe('app: adoption and a start at the same time', () => {
  it('attaches no terminal to a run that the service did not take', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const { identity } = world.machine.spawn('web', 'old');
    assert.equal(world.supervisor.adopt('web', { run: 'old', process: identity, startedAt: 1 }), false);
    assert.deepEqual(world.terminals.attached, []);
  });
});
