/** Services that depend on one another: who starts when, who waits for whom, who stops first. */
import assert from 'node:assert/strict';
import { restartAll, stopAll } from '../../../src/app/stopAll';
import type { DependencyCondition, ServiceSpec } from '../../../src/core/model/service';
import { settle } from '../../support/fakes/clock';
import { jobSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const needs = (...ids: readonly string[]): Pick<ServiceSpec, 'dependsOn'> => after('healthy', ...ids);
const after = (condition: DependencyCondition, ...ids: readonly string[]): Pick<ServiceSpec, 'dependsOn'> => ({
  dependsOn: ids.map((id) => ({ id, condition })),
});

const db = serviceSpec('db', { port: 5432 });
const cache = serviceSpec('cache', { port: 6379 });
const web = serviceSpec('web', needs('db'));

describe('app: order', () => {
  it('starts what a service depends on with it, and the service when that is healthy', async () => {
    const world = new FakeWorld(web, db);
    world.prober.refuse(5432);
    world.supervisor.start('web');
    await world.clock.turn(500);
    assert.deepEqual(world.terminals.order, ['db']);
    assert.equal(world.kind(), 'queued');
    assert.match(world.snapshot().reason ?? '', /^Waiting for db \(starting/);
    world.prober.answer(5432);
    await world.clock.turn(500);
    assert.deepEqual(world.terminals.order, ['db', 'web']);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('starts several dependencies at the same time, and waits for all of them', async () => {
    const world = new FakeWorld(serviceSpec('web', needs('db', 'cache')), db, cache);
    world.prober.refuse(6379);
    world.supervisor.start('web');
    await world.clock.turn(500);
    assert.deepEqual([...world.terminals.order].sort(), ['cache', 'db']);
    assert.equal(world.kind(), 'queued');
    world.prober.answer(6379);
    await world.clock.turn(500);
    assert.equal(world.kind(), 'running');
  });

  it('starts a chain from its far end', async () => {
    const world = new FakeWorld(serviceSpec('page', { port: 1, ...needs('web') }), web, db);
    world.supervisor.start('page');
    await world.clock.turn(500);
    assert.deepEqual(world.terminals.order, ['db', 'web', 'page']);
  });

  it('starts services that need nothing of one another in parallel', async () => {
    const world = new FakeWorld(db, cache);
    world.terminals.gate.close();
    world.supervisor.start('db');
    world.supervisor.start('cache');
    await settle();
    assert.equal(world.terminals.gate.waiting, 2);
  });

  it('waits only for the process when "started" is asked for', async () => {
    const world = new FakeWorld(serviceSpec('web', after('started', 'db')), db);
    world.prober.refuse(5432);
    world.supervisor.start('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind('db'), world.kind()], ['starting', 'running']);
  });

  it('waits for the exit code of a job that has to be completed', async () => {
    const world = new FakeWorld(serviceSpec('web', after('completed', 'migrate')), jobSpec('migrate'));
    world.supervisor.start('web');
    await world.clock.turn(100);
    assert.match(world.snapshot().reason ?? '', /migrate \(running/);
    const migrate = world.run('migrate');
    world.machine.end(world.pid('migrate'));
    await world.clock.turn(100);
    assert.equal(world.kind(), 'queued', 'an end without exit code is no success yet');
    world.terminals.tell.ended(migrate, 0, false);
    await world.clock.turn(100);
    assert.equal(world.kind(), 'running');
  });

  it('does not run a completed job a second time', async () => {
    const world = new FakeWorld(serviceSpec('web', after('completed', 'migrate')), jobSpec('migrate'));
    await world.up('migrate');
    await world.crash('migrate', 0);
    await world.up('web');
    assert.deepEqual(world.terminals.order, ['migrate', 'web']);
  });

  it('says at once that a job failed which has to be completed', async () => {
    const world = new FakeWorld(serviceSpec('web', after('completed', 'migrate')), jobSpec('migrate'));
    await world.up('web');
    await world.crash('migrate', 2);
    assert.equal(world.kind(), 'failed');
    assert.match(world.snapshot().reason ?? '', /^Depends on migrate/);
  });

  it('does not wait for ever for a job whose exit code nobody can tell', async () => {
    const world = new FakeWorld(serviceSpec('web', after('completed', 'migrate')), jobSpec('migrate'));
    await world.up('web');
    world.machine.end(world.pid('migrate'));
    await world.clock.turn(5000);
    assert.equal(world.kind(), 'failed');
    assert.match(world.snapshot().reason ?? '', /migrate, which is not available: it exited, and its exit code is unknown/);
  });

  it('says at once that a dependency failed', async () => {
    const world = new FakeWorld(web, db);
    world.prober.refuse(5432);
    world.refusal = { kind: 'missingFolder', path: '/shop/db' };
    world.supervisor.start('web');
    await settle();
    assert.deepEqual([world.kind('db'), world.kind()], ['failed', 'failed']);
    assert.match(world.snapshot().reason ?? '', /^Depends on db, which is not available: it failed/);
  });

  it('goes on waiting while a dependency that crashed is tried again, and says it when that gave up', async () => {
    const again = serviceSpec('db', { port: 5432, restart: 'on-failure', maxRestarts: 1 });
    const world = new FakeWorld(web, again);
    world.prober.refuse(5432);
    await world.up('web');
    await world.crash('db');
    assert.deepEqual([world.kind('db'), world.kind()], ['backingOff', 'queued']);
    assert.match(world.snapshot().reason ?? '', /db \(waiting to be tried again/);
    await world.clock.turn(2000);
    await world.crash('db');
    assert.deepEqual([world.kind('db'), world.kind()], ['failed', 'failed']);
  });

  it('says that a dependency was stopped while it was waited for', async () => {
    const world = new FakeWorld(web, db);
    world.prober.refuse(5432);
    await world.up('web');
    world.supervisor.stop('db');
    await world.clock.turn(100);
    assert.equal(world.kind(), 'failed');
    assert.match(world.snapshot().reason ?? '', /db, which is not available: it was stopped/);
  });

  it('says of a dependency that is not configured that it is not', async () => {
    const world = new FakeWorld(web);
    await world.up('web');
    assert.match(world.snapshot().reason ?? '', /db, which is not available: it is not configured/);
  });

  it('finds a circle through several folders instead of waiting for ever', async () => {
    const world = new FakeWorld(
      serviceSpec('a/web', needs('b/api')),
      serviceSpec('b/api', needs('c/auth')),
      serviceSpec('c/auth', needs('a/web')),
    );
    world.supervisor.start('a/web');
    await world.clock.turn(1000);
    assert.deepEqual(world.terminals.order, []);
    for (const id of ['a/web', 'b/api', 'c/auth']) assert.equal(world.kind(id), 'failed', id);
    const reasons = ['a/web', 'b/api', 'c/auth'].map((id) => world.snapshot(id).reason ?? '');
    assert.ok(
      reasons.some((reason) => reason.includes('wait for one another')),
      reasons.join('\n'),
    );
  });

  it('finds that a service waits for itself', async () => {
    const world = new FakeWorld(serviceSpec('web', needs('web')));
    await world.up('web');
    assert.equal(world.kind(), 'failed');
  });

  it('asks nothing about the port of a dependency that an automatic start starts', async () => {
    const world = new FakeWorld(web, db);
    const { process } = world.stranger(5432);
    world.supervisor.start('web', 'auto');
    await world.clock.turn(1000);
    assert.deepEqual([world.questions.length, world.kind('db'), world.kind()], [0, 'failed', 'failed']);
    assert.ok(world.machine.isAlive(process));
  });

  for (const by of ['user', 'auto'] as const) {
    it(`runs a job whose exit code is unknown again when it has to be completed, for a start by ${by}`, async () => {
      const world = new FakeWorld(serviceSpec('web', after('completed', 'migrate')), jobSpec('migrate'));
      await world.up('migrate');
      world.machine.end(world.pid('migrate'));
      await world.clock.turn(5000);
      const { lifecycle } = world.service('migrate').state;
      assert.ok(lifecycle.kind === 'exited' && lifecycle.exitCode === undefined);
      world.supervisor.start('web', by);
      await world.clock.turn(100);
      assert.deepEqual(world.terminals.order, ['migrate', 'migrate']);
      await world.crash('migrate', 0);
      assert.equal(world.kind(), 'running');
    });
  }

  it('does not start automatically what the user stopped', async () => {
    const world = new FakeWorld(serviceSpec('web', { ...needs('db'), restart: 'on-failure' }), db);
    await world.up('web');
    world.supervisor.stop('db');
    await world.clock.turn(100);
    await world.crash('web');
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind('db'), world.kind()], ['stopped', 'failed']);
    assert.deepEqual(world.terminals.order, ['db', 'web']);
  });

  it('does not bypass the back-off of a dependency when a service is tried again', async () => {
    const shaky = {
      restart: 'on-failure',
      maxRestarts: 2,
      backoff: { initial: 10_000, max: 10_000, resetAfter: 60_000 },
    } as const;
    const world = new FakeWorld(
      serviceSpec('web', { ...needs('db'), ...shaky, backoff: { initial: 100, max: 100, resetAfter: 60_000 } }),
      serviceSpec('db', { port: 5432, ...shaky }),
    );
    await world.up('web');
    await world.crash('db');
    await world.crash('web');
    await world.clock.turn(1000);
    assert.deepEqual([world.kind('db'), world.kind()], ['backingOff', 'queued']);
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind('db'), world.kind()], ['running', 'running']);
    assert.equal(world.service('db').state.restarts.inARow, 1);
  });

  it('starts by hand also what gave up', async () => {
    const world = new FakeWorld(web, serviceSpec('db', { port: 5432, restart: 'on-failure', maxRestarts: 0 }));
    await world.up('db');
    await world.crash('db');
    assert.equal(world.lifecycle('db').kind, 'failed');
    await world.up('web');
    assert.deepEqual([world.kind('db'), world.kind()], ['running', 'running']);
  });

  it('stops everything in reverse order: what depends on a service is gone before it is asked', async () => {
    const world = new FakeWorld(web, db, cache);
    for (const id of ['web', 'cache']) await world.up(id);
    const [pidOfWeb, pidOfDb] = [world.pid('web'), world.pid('db')];
    for (const each of world.machine.living('web')) each.manner = 'stay';
    const all = stopAll(world.store, world.supervisor, world.clock);
    await world.clock.turn(1000);
    assert.equal(world.kind('web'), 'stopping');
    assert.deepEqual([world.kind('db'), world.kind('cache')], ['running', 'stopped']);
    await world.clock.turn(10_000);
    await all;
    assert.deepEqual(
      ['web', 'db', 'cache'].map((id) => world.kind(id)),
      ['stopped', 'stopped', 'stopped'],
    );
    const { signals } = world.machine;
    assert.ok(signals.indexOf(`SIGKILL ${pidOfWeb}`) < signals.indexOf(`SIGINT ${pidOfDb}`), signals.join(', '));
    assert.equal(world.clock.pending, 0);
  });

  it('restarts everything in the same order: what depends on a service is gone before it is asked', async () => {
    const world = new FakeWorld(web, db);
    await world.up('web');
    const [pidOfWeb, pidOfDb] = [world.pid('web'), world.pid('db')];
    for (const each of world.machine.living('web')) each.manner = 'stay';
    const all = restartAll(world.store, world.supervisor, world.clock);
    await world.clock.turn(5000);
    assert.deepEqual([world.kind('web'), world.kind('db')], ['stopping', 'running']);
    await world.clock.turn(10_000);
    await all;
    await world.clock.turn(500);
    const { signals } = world.machine;
    assert.ok(signals.indexOf(`SIGKILL ${pidOfWeb}`) < signals.indexOf(`SIGINT ${pidOfDb}`), signals.join(', '));
    assert.deepEqual(
      [world.kind('web'), world.kind('db'), world.terminals.order],
      ['running', 'running', ['db', 'web', 'db', 'web']],
    );
  });

  it('stops everything also while a crash is not explained yet, and nothing comes back', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'always' }));
    await world.up();
    world.machine.end(world.pid());
    await settle();
    assert.equal(world.kind(), 'failed');
    await stopAll(world.store, world.supervisor, world.clock);
    await world.clock.turn(120_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length, world.clock.pending], ['stopped', 1, 0]);
  });

  it('stops a circle together', async () => {
    const world = new FakeWorld(serviceSpec('a', needs('b')), serviceSpec('b', needs('a')));
    await stopAll(world.store, world.supervisor, world.clock);
    assert.deepEqual([world.kind('a'), world.kind('b')], ['stopped', 'stopped']);
  });
});
