/** Services whose engine is not that of the system: by DOCKER_HOST, and by a context. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { isEngineOff } from '../../src/core/compose/engineOff';
import { findingsOf } from '../../src/core/diagnosis/diagnosis';
import { known } from '../../src/core/model/process';
import type { ServiceSpec } from '../../src/core/model/service';
import { composeFailed } from '../unit/core/diagnosis/containerCases';
import { run } from '../support/run';
import { until } from '../support/poll';
import { kinds, Shop } from './support/shop';
import { Tunnel } from './support/tunnel';

const patience = 30_000;
/** An address of this machine that is no loopback: the engine makes a bridge. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

describe('an engine on another machine', function () {
  this.timeout(3 * patience);
  let shop: Shop;
  let tunnel: Tunnel;

  beforeEach(async () => {
    shop = await Shop.open(kinds[0] ?? 'v2');
    tunnel = await Tunnel.open(outside ?? assert.fail('There is no address'));
  });
  afterEach(async () => {
    await shop.close();
    await tunnel.close();
  });

  const at = (service: string, env: Readonly<Record<string, string>>): ServiceSpec => ({ ...shop.spec(service), env });

  const stateOf = async (spec: ServiceSpec): Promise<string | undefined> => {
    const reading = await shop.containers.look(spec);
    return reading.kind === 'known' ? reading.value?.state : reading.kind;
  };
  const reaches = (spec: ServiceSpec, state: string): Promise<unknown> =>
    until(`${spec.key} to be ${state}`, async () => (await stateOf(spec)) === state, patience);

  /** Starts it as the product does: with the environment that was resolved. */
  const start = async (spec: ServiceSpec): Promise<ReturnType<Shop['follow']>> =>
    shop.follow(spec.key, await shop.environment(spec));

  it('is used as DOCKER_HOST names it, in an env file too, and its ports are reached at its host', async () => {
    await writeFile(join(shop.folder, 'engine.env'), `DOCKER_HOST=${tunnel.address}\n`);
    const spec = { ...shop.spec('first'), envFiles: ['engine.env'] };
    const { child, end } = await start(spec);
    await reaches(spec, 'running');
    assert.equal(await shop.containers.engineHost(spec), outside);
    assert.equal(await shop.containers.engineHost(shop.spec('second')), undefined);
    child.kill('SIGINT');
    assert.equal(await end, 130);
    assert.equal(await stateOf(spec), 'exited');
  });

  it('is the one of the context that was in use at the start, until the stop', async () => {
    const env = { DOCKER_CONFIG: join(shop.folder, 'docker'), DOCKER_HOST: '' };
    const context = (...words: readonly string[]): ReturnType<typeof run> =>
      run('docker', ['context', ...words], { env: { ...process.env, ...env }, output: 'keep' });
    await context('create', 'lab', '--docker', `host=${tunnel.address}`);
    await context('create', 'gone', '--docker', 'host=tcp://127.0.0.1:9');
    await context('use', 'lab');
    const spec = at('first', env);
    assert.equal((await shop.environment(spec))['DOCKER_CONTEXT'], 'lab');
    const watch = shop.containers.watch(spec, () => undefined);
    const { end } = await start(spec);
    await reaches(spec, 'running');
    assert.equal(await shop.containers.engineHost(spec), outside);
    await context('use', 'gone');
    assert.equal(await stateOf(spec), 'running');
    assert.match(await shop.containers.stop(spec), /stop -t 1 first$/);
    await end;
    assert.equal(await stateOf(spec), 'exited');
    watch.dispose();
    // The next start is with the engine of the context that is in use then.
    const next = shop.containers.watch(spec, () => undefined);
    const reading = await shop.containers.look(spec);
    assert.ok(reading.kind === 'unavailable' && isEngineOff(reading.why), JSON.stringify(reading));
    next.dispose();
  });

  it('that does not respond is named, and not offered to be started; another engine goes on being followed', async () => {
    const other = await Tunnel.open('127.0.0.1');
    try {
      const [far, near] = [at('first', { DOCKER_HOST: tunnel.address }), at('db', { DOCKER_HOST: other.address })];
      let [lost, changes] = [0, 0];
      const watches = [shop.containers.watch(far, () => (lost += 1)), shop.containers.watch(near, () => (changes += 1))];
      const { output, end } = await start(far);
      await reaches(far, 'running');
      await until('an event of the far engine', () => lost > 0, patience);
      await tunnel.close();
      assert.notEqual(await end, 0);
      const [finding] = findingsOf(composeFailed(output().split('\n')));
      assert.equal(finding?.code, 'docker-not-running', output());
      assert.equal(finding.title, `Docker on ${outside} does not respond, and ${composeFailed([]).spec.key} needs it.`);
      assert.deepEqual(
        finding.actions.map(({ title }) => title),
        ['Start', 'Show Terminal'],
      );
      assert.equal(await stateOf(far), 'unavailable');
      assert.deepEqual(await shop.containers.look(near), known(undefined));
      const before = changes;
      const second = await start(near);
      await until('an event of the near engine', () => changes > before, patience);
      await reaches(near, 'running');
      assert.equal(await shop.containers.engineHost(near), undefined);
      second.child.kill('SIGINT');
      await second.end;
      for (const watch of watches) watch.dispose();
    } finally {
      await other.close();
    }
  });
});
