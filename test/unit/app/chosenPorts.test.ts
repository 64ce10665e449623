/** Ports that are not fixed: who gets which, when one is given up for another, and what that means for those that use it. */
import assert from 'node:assert/strict';
import { parseServices } from '../../../src/core/config/parse';
import type { ServiceSpec } from '../../../src/core/model/service';
import { noteOf } from '../../../src/app/ledger';
import { aContainer } from '../../support/fakes/containers';
import { FakeWorld } from '../../support/fakes/world';

const place = { folder: '/shop', folderName: 'shop', multiRoot: false };
const api = '"api": { "command": "serve", "port": [8000, 8002] }';
const web = '"web": { "command": "vite ${port}", "port": 5173, "env": { "API": "${url:api}" } }';

function specsIn(services: string): readonly ServiceSpec[] {
  const { services: specs, problems } = parseServices(`{ "services": { ${services} } }`, place);
  assert.deepEqual(problems, []);
  return specs;
}

async function configure(world: FakeWorld, services: string): Promise<void> {
  const [file] = await world.chosenPorts.prepare([{ services: specsIn(services) }]);
  world.configure(...(file?.services ?? []));
}

async function worldOf(services: string): Promise<FakeWorld> {
  const world = new FakeWorld();
  await configure(world, services);
  return world;
}

const port = (world: FakeWorld, id = 'api'): number | undefined => world.service(id).spec.port;

describe('app: a port that is not fixed', () => {
  it('is the first one that no other service of the workspace has, and stays', async () => {
    const world = await worldOf(
      `${api}, "other": { "command": "x", "port": 8000 }, "third": { "command": "y", "port": [8000, 8002] }`,
    );
    assert.deepEqual([port(world), port(world, 'third')], [8001, 8002]);
    await configure(world, api);
    assert.equal(port(world), 8001);
  });

  it('moves without a question when another process holds it at a start', async () => {
    const world = await worldOf(api);
    world.stranger(8000);
    await world.up('api');
    assert.deepEqual([port(world), world.kind('api'), world.questions.length, world.machine.signals], [8001, 'running', 0, []]);
    assert.equal(world.store.written('api')?.port, 8001);
    world.stranger(8001);
    world.supervisor.restart('api');
    await world.clock.turn(60_000);
    assert.deepEqual([port(world), world.kind('api')], [8002, 'running']);
  });

  it('is asked about as a fixed one where an earlier run of the service holds it', async () => {
    const world = await worldOf(api);
    world.leftOver(8000, world.service('api').spec);
    world.supervisor.start('api');
    await world.clock.turn(1000);
    assert.deepEqual([port(world), world.kind('api'), world.questions.length], [8000, 'launching', 1]);
  });

  it('is a failure where none is free, and is found by a later start', async () => {
    const world = await worldOf(api);
    for (const each of [8001, 8002]) world.claims.taken.add(each);
    world.stranger(8000);
    world.supervisor.start('api');
    await world.clock.turn(1000);
    assert.equal(world.questions.length, 1);
    const other = new FakeWorld();
    for (const each of [8000, 8001, 8002]) other.claims.taken.add(each);
    await configure(other, api);
    other.supervisor.start('api');
    await other.clock.turn(1000);
    assert.equal(other.snapshot('api').cause, 'No free port');
    assert.match(other.snapshot('api').reason ?? '', /^No port from 8000 to 8002 is free\./);
    other.claims.taken.delete(8001);
    await other.up('api');
    assert.deepEqual([port(other), other.kind('api')], [8001, 'running']);
  });

  it('does not move for a start that was cancelled meanwhile', async () => {
    const world = await worldOf(api);
    world.ports.set(8000, { kind: 'closing' });
    world.supervisor.start('api');
    await world.clock.turn(1000);
    world.supervisor.stop('api');
    await world.clock.turn(60_000);
    assert.deepEqual([port(world), world.kind('api')], [8000, 'stopped']);
  });

  it('marks what was started with the old address, and restarts nothing', async () => {
    const world = await worldOf(`${api}, ${web}`);
    await world.up('api');
    await world.up('web');
    const run = world.run('web');
    world.supervisor.stop('api');
    await world.clock.turn(60_000);
    world.stranger(8000);
    await world.up('api');
    assert.deepEqual([world.run('web'), world.service('web').spec.env], [run, { API: 'http://localhost:8000' }]);
    assert.deepEqual(world.service('web').moved, [{ id: 'api', before: 8000, now: 8001 }]);
    assert.equal(world.snapshot('web').cause, 'Old address of api');
    assert.match(world.snapshot('web').reason ?? '', /^Started with an old address of api \(port 8000, now 8001\)\. Restart/);
    world.supervisor.restart('web');
    await world.clock.turn(60_000);
    assert.deepEqual([world.service('web').moved, world.service('web').spec.env], [undefined, { API: 'http://localhost:8001' }]);
  });

  it('is taken over from the window that supervises the service', async () => {
    const leader = await worldOf(api);
    const follower = new FakeWorld();
    await configure(follower, api);
    leader.stranger(8000);
    await leader.up('api');
    await follower.claims.move({ folder: '/shop', key: 'api', choice: { from: 8000, to: 8002 } }, new Set());
    follower.supervisor.follow('api', leader.service('api').state);
    assert.equal(port(follower), 8001);
  });

  it('is remembered with the addresses of others, but without any environment, and marks what was adopted', async () => {
    const world = await worldOf(`${api}, ${web}`);
    const spec = world.service('web').spec;
    const note = noteOf(spec, { run: 'r', process: { pid: 1, born: 'b' }, cwd: '/shop', startedAt: 1 });
    assert.deepEqual([note.spec?.usedPorts, note.spec?.env, note.spec?.asWritten], [{ api: 8000 }, {}, undefined]);
    await world.up('web');
    world.store.setUsedPorts('web', { api: 7999 });
    assert.deepEqual(world.service('web').moved, [{ id: 'api', before: 7999, now: 8000 }]);
  });
});

describe('app: the address of a container', () => {
  const db = '"db": { "compose": "db" }';
  const server = '"api": { "command": "serve", "dependsOn": ["db"], "env": { "DB": "${url:db}", "PORT": "${port:db}" } }';
  const at = (published: number): ReturnType<typeof aContainer> =>
    aContainer({ ports: [{ host: '0.0.0.0', target: 5432, published, protocol: 'tcp' }] });

  async function startedWith(published: number, host?: string): Promise<FakeWorld> {
    const world = await worldOf(`${db}, ${server}`);
    world.containers.host = host;
    world.containers.present.set('db', at(published));
    world.supervisor.start('api');
    await world.clock.turn(5000);
    return world;
  }
  const env = (world: FakeWorld) => world.service('api').spec.env;

  it('is the published port, which its dependents are started with', async () => {
    const world = await startedWith(49_153);
    assert.equal(world.kind('api'), 'running');
    assert.deepEqual(env(world), { DB: 'http://localhost:49153', PORT: '49153' });
  });

  it('is at the machine of its engine, also when the file says the port', async () => {
    assert.deepEqual(env(await startedWith(49_153, 'build.lan')), { DB: 'http://build.lan:49153', PORT: '49153' });
    const world = await worldOf(`"db": { "compose": "db", "port": 5432 }, ${server}`);
    world.containers.host = '[2001:db8::1]';
    world.containers.present.set('db', at(5432));
    world.supervisor.start('api');
    await world.clock.turn(5000);
    assert.deepEqual(env(world), { DB: 'http://[2001:db8::1]:5432', PORT: '5432' });
  });

  it('marks what was started with another one, and is remembered while the container does not run', async () => {
    const world = await startedWith(49_153);
    world.containers.become('db', at(49_154));
    await world.clock.turn(100);
    assert.deepEqual(world.service('api').moved, [{ id: 'db', before: 49_153, now: 49_154 }]);
    world.supervisor.stop('api');
    world.supervisor.stop('db');
    await world.clock.turn(60_000);
    assert.deepEqual(env(world), { DB: 'http://localhost:49154', PORT: '49154' });
    assert.equal(world.service('db').spec.port, undefined);
  });

  it('is seen by a window that follows', async () => {
    const leader = await startedWith(49_153);
    const follower = await worldOf(`${db}, ${server}`);
    follower.supervisor.follow('db', leader.service('db').state);
    assert.deepEqual(env(follower), { DB: 'http://localhost:49153', PORT: '49153' });
  });
});
