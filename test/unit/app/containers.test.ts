/** Services of Compose: what follows the container is the run, and the engine says how the container is. */
import assert from 'node:assert/strict';
import { adoptContainers } from '../../../src/app/adoption';
import { actionsOf } from '../../../src/core/views/actions';
import { rowText } from '../../../src/core/views/rowText';
import { upWords } from '../../../src/core/compose/words';
import type { Container } from '../../../src/core/model/container';
import type { ServiceSpec } from '../../../src/core/model/service';
import { aContainer } from '../../support/fakes/containers';
import { probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const ref = { service: 'db', files: [], profiles: [], build: false };
const db = (changes: Partial<ServiceSpec> = {}): ServiceSpec =>
  serviceSpec('db', {
    ...{ compose: ref, command: upWords(ref), port: 5432 },
    probe: probeSpec({ target: { kind: 'container' }, interval: 5000, startPeriod: 60_000, failureThreshold: 1 }),
    ...changes,
  });

const starting: Container['health'] = { status: 'starting', failures: 0, output: '' };
const good: Container['health'] = { status: 'healthy', failures: 0, output: 'ok' };
const bad: Container['health'] = { status: 'unhealthy', failures: 3, output: 'no route' };

describe('app: containers', () => {
  const state = (world: FakeWorld) => {
    const { lifecycle, health } = world.snapshot('db');
    return `${lifecycle}, ${health}`;
  };

  async function up(spec = db()): Promise<FakeWorld> {
    const world = new FakeWorld(spec);
    world.supervisor.start('db');
    await world.clock.turn(100);
    return world;
  }

  async function running(spec = db()): Promise<FakeWorld> {
    const world = await up(spec);
    world.containers.become('db', aContainer());
    await world.clock.turn(100);
    assert.equal(state(world), 'running, healthy');
    return world;
  }

  it('are starting for as long as an image is pulled, and healthy when the engine says so', async () => {
    const world = await up();
    await world.clock.turn(600_000);
    assert.equal(state(world), 'starting, unknown');
    assert.match(world.snapshot('db').reason ?? '', /being prepared/);
    world.containers.become('db', aContainer({ state: 'created' }));
    await world.clock.turn(90_000);
    world.containers.become('db', aContainer({ health: starting }));
    await world.clock.turn(90_000);
    assert.equal(state(world), 'starting, unknown');
    world.containers.become('db', aContainer({ health: good }));
    await world.clock.turn(50);
    assert.equal(state(world), 'running, healthy');
  });

  it('are shown as the engine reports them, without the next probe', async () => {
    const world = await running();
    world.containers.become('db', aContainer({ health: bad }));
    await world.clock.turn(50);
    assert.equal(state(world), 'running, unhealthy');
    assert.equal(world.snapshot('db').reason, 'The health check of the container failed: no route.');
    world.containers.become('db', aContainer({ state: 'restarting' }));
    await world.clock.turn(50);
    assert.equal(world.snapshot('db').reason, 'The container has exited, and the engine restarts it.');
    world.containers.become('db', aContainer({ health: good }));
    await world.clock.turn(50);
    assert.equal(state(world), 'running, healthy');
  });

  it('do not fail while the start period lasts when the engine cannot be asked', async () => {
    const world = await up();
    world.containers.unavailable = 'Cannot connect to the Docker daemon';
    await world.clock.turn(30_000);
    assert.equal(state(world), 'starting, unknown');
    await world.clock.turn(40_000);
    assert.equal(state(world), 'running, unhealthy');
  });

  it('need the health check of the service on top when it has one', async () => {
    const world = await up(db({ probe: probeSpec({ startPeriod: 60_000 }) }));
    await world.clock.turn(5000);
    assert.deepEqual([...world.prober.asked.keys()], []);
    world.containers.become('db', aContainer());
    await world.clock.turn(2000);
    assert.deepEqual([...world.prober.asked.keys()], [5432]);
  });

  describe('without a configured port', () => {
    const { port: _port, ...portless } = db();
    const address = (target: number, published: number, protocol: 'tcp' | 'udp' = 'tcp') =>
      ({ host: '0.0.0.0', target, published, protocol }) as const;
    const ports = [address(53, 5353, 'udp'), address(15_672, 15_001), address(5672, 49_153)];

    it('have the one that the container publishes, in the row, the address and the actions', async () => {
      const world = await up(portless);
      assert.equal(world.snapshot('db').port, undefined);
      world.containers.become('db', aContainer({ ports }));
      await world.clock.turn(100);
      const { port, url } = world.snapshot('db');
      assert.deepEqual([port, url, rowText(world.service('db'))], [49_153, 'http://localhost:49153/', ':49153']);
      assert.ok(actionsOf(world.service('db')).includes('open'));
      world.containers.become('db', aContainer({ ports, health: bad }));
      await world.clock.turn(100);
      assert.equal(world.snapshot('db').port, 49_153);
    });

    it('are reached and probed at the machine of their engine', async () => {
      const world = await up({ ...portless, probe: probeSpec({ startPeriod: 60_000 }) });
      world.containers.host = 'build.lan';
      world.containers.become('db', aContainer({ ports }));
      await world.clock.turn(2000);
      assert.deepEqual([...world.prober.asked.keys()], [49_153]);
      assert.deepEqual([...world.prober.hosts], ['build.lan']);
      assert.equal(world.snapshot('db').url, 'http://build.lan:49153/');
    });

    it('are probed there by their own health check', async () => {
      const world = await up({ ...portless, probe: probeSpec({ startPeriod: 60_000 }) });
      world.containers.become('db', aContainer({ ports }));
      await world.clock.turn(2000);
      assert.deepEqual([...world.prober.asked.keys()], [49_153]);
    });

    it('have none when only a port of another protocol, or none, is published', async () => {
      const world = await running(portless);
      world.containers.become('db', aContainer({ ports: ports.slice(0, 1) }));
      await world.clock.turn(100);
      assert.deepEqual([world.snapshot('db').port, rowText(world.service('db'))], [undefined, 'Running']);
    });
  });

  it('name their port inside, which is no other port than the configured one', async () => {
    const world = await running();
    world.terminals.tell.wrote(world.run('db'), 'Listening on http://localhost:80/\r\n');
    await world.clock.turn(1000);
    assert.deepEqual(world.offers, []);
  });

  it('are looked at rarely, since the engine reports their end, and at once when it does or when they are stopped', async () => {
    const world = await running();
    const pid = world.machine.living().find(({ run }) => run === world.run('db'))?.identity.pid;
    assert.equal(world.trees.isSignalled, true);
    world.trees.suspected.length = 0;
    world.containers.become('db', aContainer({ health: good }));
    await world.clock.turn(50);
    assert.deepEqual(world.trees.suspected, [pid]);
    world.supervisor.stop('db');
    assert.equal(world.trees.isSignalled, false);
  });

  it('are stopped by what follows them, and not asked twice', async () => {
    const world = await running();
    world.supervisor.stop('db');
    // What the follower does when it is interrupted.
    world.containers.become('db', aContainer({ state: 'exited' }));
    await world.clock.turn(100);
    assert.equal(world.snapshot('db').lifecycle, 'stopped');
    assert.deepEqual([world.machine.signals.length > 0, world.containers.asked], [true, []]);
    assert.equal(world.containers.watches, 0);
  });

  it('are stopped by the engine when what followed them is gone before', async () => {
    const world = await running();
    world.supervisor.stop('db');
    await world.clock.turn(100);
    assert.deepEqual([world.containers.asked, world.snapshot('db').lifecycle], [['stop db'], 'stopped']);
  });

  it('get their grace period from the engine, and are killed through it afterwards', async () => {
    const world = await running(db({ stopGracePeriod: 2000 }));
    const [follower] = world.machine.living('db');
    assert.ok(follower);
    follower.manner = 'stay';
    world.supervisor.stop('db');
    await world.clock.turn(11_000);
    assert.deepEqual([world.containers.asked, world.snapshot('db').lifecycle], [[], 'stopping']);
    await world.clock.turn(2000);
    assert.deepEqual([world.containers.asked, world.snapshot('db').lifecycle], [['kill db'], 'stopped']);
    assert.equal(world.machine.living('db').length, 0);
  });

  it('that run already hold their own port, which is no conflict', async () => {
    const world = new FakeWorld(db());
    world.stranger(5432);
    world.containers.become('db', aContainer());
    world.supervisor.start('db');
    await world.clock.turn(100);
    assert.deepEqual([state(world), world.questions.length], ['running, healthy', 0]);
  });

  describe('that run when the folder is opened', () => {
    const adopt = (world: FakeWorld): Promise<void> =>
      adoptContainers(() => true, { ...world.world, store: world.store, supervisor: world.supervisor });

    it('are followed without a start, and the row says so', async () => {
      const world = new FakeWorld(db({ dependsOn: [{ id: 'other', condition: 'healthy' }] }), serviceSpec('other'));
      world.isAgreed = false;
      world.stranger(5432);
      world.containers.become('db', aContainer());
      await adopt(world);
      await world.clock.turn(100);
      assert.deepEqual([state(world), world.kind('other')], ['running, healthy', 'stopped']);
      assert.deepEqual(world.recorded, []);
      const { startedBy, reason } = world.snapshot('db');
      assert.deepEqual([startedBy, reason], [undefined, 'Its container was already running when the folder was opened.']);
      assert.equal(rowText(world.service('db')), ':5432 · was already running');
    });

    it('are not looked for with an environment that the user has not agreed to', async () => {
      for (const config of [{ env: { PATH: './bin' } }, { envFiles: ['.env'] }]) {
        const world = new FakeWorld(db(config));
        world.containers.become('db', aContainer());
        world.isAgreed = false;
        await adopt(world);
        await world.clock.turn(100);
        assert.equal(world.kind('db'), 'stopped');
        world.isAgreed = true;
        await adopt(world);
        await world.clock.turn(100);
        assert.equal(state(world), 'running, healthy');
      }
    });

    it('are stopped and started again as any other, which the row then no longer says', async () => {
      const world = new FakeWorld(db());
      world.containers.become('db', aContainer());
      await adopt(world);
      await world.clock.turn(100);
      world.supervisor.stop('db');
      await world.clock.turn(100);
      assert.deepEqual([world.containers.asked, world.kind('db')], [['stop db'], 'stopped']);
      world.supervisor.start('db');
      world.containers.become('db', aContainer());
      await world.clock.turn(100);
      assert.equal(rowText(world.service('db')), ':5432');
    });

    it('are left alone when they do not run, are not known, or the service was stopped in this window', async () => {
      const world = new FakeWorld(db());
      await adopt(world);
      world.containers.become('db', aContainer({ state: 'exited' }));
      await adopt(world);
      world.containers.unavailable = 'Cannot connect to the Docker daemon';
      await adopt(world);
      await world.clock.turn(100);
      assert.equal(world.snapshot('db').lifecycle, 'stopped');
      world.containers.unavailable = undefined;
      world.supervisor.start('db');
      await world.clock.turn(100);
      world.supervisor.stop('db');
      await world.clock.turn(100);
      world.containers.become('db', aContainer());
      await adopt(world);
      await world.clock.turn(100);
      assert.equal(world.snapshot('db').lifecycle, 'stopped');
    });
  });

  it('of an engine on another machine need no port of this one', async () => {
    const world = new FakeWorld(db());
    world.stranger(5432);
    world.containers.host = 'build.lan';
    world.supervisor.start('db');
    await world.clock.turn(100);
    assert.deepEqual([state(world), world.questions.length], ['starting, unknown', 0]);
  });

  it('that do not run conflict with whatever has their port', async () => {
    const world = new FakeWorld(db());
    world.stranger(5432);
    world.containers.become('db', aContainer({ state: 'exited' }));
    world.supervisor.start('db');
    await world.clock.turn(100);
    assert.equal(world.questions.length, 1);
  });
});
