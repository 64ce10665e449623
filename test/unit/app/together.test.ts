/** Services that are started, stopped and restarted together, and those that are started for them. */
import assert from 'node:assert/strict';
import { neededBesides, restartTogether, runningDependents, startTogether, stopTogether } from '../../../src/app/together';
import type { ServiceSpec } from '../../../src/core/model/service';
import { jobSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const needs = (...ids: readonly string[]): Pick<ServiceSpec, 'dependsOn'> => ({
  dependsOn: ids.map((id) => ({ id, condition: 'healthy' })),
});

const disk = serviceSpec('disk', { port: 7000 });
const db = serviceSpec('db', { port: 5432, ...needs('disk') });
const api = serviceSpec('api', { port: 9000, ...needs('db') });
const web = serviceSpec('web', needs('api'));
const docs = serviceSpec('docs', { port: 4000 });
const all = [disk, db, api, web, docs];
const core = ['api', 'web'];

const made = (...specs: readonly ServiceSpec[]): { world: FakeWorld; parts: Parameters<typeof stopTogether>[1] } => {
  const world = new FakeWorld(...specs);
  return { world, parts: { store: world.store, supervisor: world.supervisor, clock: world.clock } };
};

describe('app: services together', () => {
  it('starts all of them with what they depend on, and names the others that are started', async () => {
    const { world, parts } = made(...all);
    assert.deepEqual(startTogether(core, parts), ['db', 'disk']);
    await world.clock.turn(1000);
    assert.deepEqual(world.terminals.order, ['disk', 'db', 'api', 'web']);
    assert.equal(world.kind('docs'), 'stopped');
  });

  it('names no other service that runs already, nor what that one would need', async () => {
    const { world, parts } = made(...all);
    await world.up('db');
    world.supervisor.stop('disk');
    await world.clock.turn(1000);
    assert.deepEqual([world.kind('db'), world.kind('disk')], ['running', 'stopped']);
    assert.deepEqual(startTogether(core, parts), []);
    await world.clock.turn(1000);
    assert.deepEqual([world.kind('disk'), world.kind('web')], ['stopped', 'running']);
  });

  it('names nothing for what runs, since a start does not change it', async () => {
    const { world, parts } = made(...all);
    await world.up('web');
    world.supervisor.stop('disk');
    await world.clock.turn(1000);
    assert.deepEqual(startTogether(core, parts), []);
  });

  it('does not name a job that is to be completed and was', async () => {
    const migrate = jobSpec('migrate');
    const { world, parts } = made(migrate, serviceSpec('api', { dependsOn: [{ id: 'migrate', condition: 'completed' }] }));
    assert.deepEqual(neededBesides(['api'], parts.store), ['migrate']);
    await world.up('migrate');
    await world.crash('migrate', 0);
    assert.equal(world.kind('migrate'), 'exited');
    assert.deepEqual(neededBesides(['api'], parts.store), []);
  });

  it('does not name what an automatic start leaves alone', async () => {
    const { world, parts } = made(...all);
    await world.up('db');
    world.supervisor.stop('db');
    await world.clock.turn(1000);
    assert.deepEqual([neededBesides(core, parts.store, 'auto'), neededBesides(core, parts.store)], [[], ['db']]);
  });

  it('ends with a circle', () => {
    const { parts } = made(serviceSpec('a', needs('b')), serviceSpec('b', needs('c')), serviceSpec('c', needs('a')));
    assert.deepEqual(neededBesides(['a'], parts.store), ['b', 'c']);
  });

  it('stops only them, dependents first', async () => {
    const { world, parts } = made(...all);
    await world.up('web');
    const [pidOfWeb, pidOfApi] = [world.pid('web'), world.pid('api')];
    for (const each of world.machine.living('web')) each.manner = 'stay';
    const stopping = stopTogether(core, parts);
    await world.clock.turn(1000);
    assert.deepEqual([world.kind('web'), world.kind('api')], ['stopping', 'running']);
    await world.clock.turn(10_000);
    await stopping;
    const { signals } = world.machine;
    assert.ok(signals.indexOf(`SIGKILL ${pidOfWeb}`) < signals.indexOf(`SIGINT ${pidOfApi}`), signals.join(', '));
    assert.deepEqual(
      ['web', 'api', 'db', 'disk'].map((id) => world.kind(id)),
      ['stopped', 'stopped', 'running', 'running'],
    );
  });

  it('restarts only them, and starts those that were stopped', async () => {
    const { world, parts } = made(...all);
    await world.up('api');
    world.supervisor.stop('db');
    await world.clock.turn(1000);
    const restarting = restartTogether(core, parts);
    await world.clock.turn(2000);
    assert.deepEqual(await restarting, ['db'], 'what is started for them is named');
    await world.clock.turn(1000);
    assert.deepEqual(world.terminals.order, ['disk', 'db', 'api', 'db', 'api', 'web']);
  });

  it('finds the running services outside that need one of them', async () => {
    const { world } = made(...all);
    await world.up('web');
    const ids = (...of: readonly string[]): readonly string[] =>
      runningDependents(of, world.store.services()).map(({ spec }) => spec.id);
    assert.deepEqual([ids('db'), ids('db', 'api'), ids('docs'), ids('web')], [['api'], ['web'], [], []]);
    world.supervisor.stop('web');
    await world.clock.turn(1000);
    assert.deepEqual(ids('db', 'api'), []);
  });
});
