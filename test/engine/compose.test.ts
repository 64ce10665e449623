/** Services of Compose with a real engine: the follower as a process of its own, and what is asked about containers. */
import assert from 'node:assert/strict';
import { isEngineOff } from '../../src/core/compose/engineOff';
import { judgeContainer } from '../../src/core/compose/judge';
import { findingsOf } from '../../src/core/diagnosis/diagnosis';
import type { Container } from '../../src/core/model/container';
import type { ProbeFailure } from '../../src/core/model/failure';
import { composeFailed } from '../unit/core/diagnosis/containerCases';
import { ailing } from '../unit/core/diagnosis/sample';
import { until } from '../support/poll';
import { kinds, Shop } from './support/shop';

/** The code of the verdict on a start that failed with this output. */
const verdictOn = (output: string): string | undefined =>
  findingsOf(composeFailed(output.split(/\r?\n/).filter((line) => line !== '')))[0]?.code;

/** What a diagnosis says of a service whose probe fails so. */
const codesOf = (failure: ProbeFailure): readonly string[] =>
  findingsOf(ailing(failure))
    .map(({ code }) => code)
    .slice(0, 1);

/** Under load docker-compose 1.29 takes seconds for each command. */
const patience = 30_000;

for (const kind of kinds) {
  // What only the engine decides is tried once: docker-compose 1.29 takes seconds for each command.
  const itOfEngine = kind === kinds[0] ? it : (): void => undefined;

  describe(`a container of Compose ${kind}`, function () {
    this.timeout(4 * patience);
    let shop: Shop;
    beforeEach(async () => {
      shop = await Shop.open(kind);
    });
    afterEach(() => shop.close());

    async function seen(service: string): Promise<Container | undefined> {
      const reading = await shop.containers.look(shop.spec(service));
      assert.ok(reading.kind === 'known', JSON.stringify(reading));
      return reading.value;
    }

    const reaches = (service: string, is: (container: Container) => boolean, what: string): Promise<Container> =>
      until(
        `${service} to be ${what}`,
        async () => {
          const container = await seen(service);
          return container !== undefined && is(container) ? container : undefined;
        },
        patience,
      );

    const healthy = () => reaches('db', ({ state, health }) => state === 'running' && health?.status === 'healthy', 'healthy');

    it('ends its follower with its own exit code, after all that it wrote', async () => {
      const { output, end } = shop.follow('once');
      assert.equal(await end, 7);
      assert.match(output(), /^> docker[ -]compose .*up -d once\n[\s\S]*first line\n[\s\S]*once.1 exited with code 7\n$/);
    });

    itOfEngine('is stopped when its follower is interrupted', async () => {
      const { child, end } = shop.follow('db');
      await healthy();
      child.kill('SIGINT');
      assert.equal(await end, 130);
      assert.equal((await seen('db'))?.state, 'exited');
    });

    it('goes on when its terminal goes, and is followed again without a second copy', async () => {
      const first = shop.follow('db');
      const { id, startedAt } = await healthy();
      first.child.kill('SIGHUP');
      assert.equal(await first.end, 129);
      const second = shop.follow('db');
      await until('the second follower', () => /db.1 is running already\./.test(second.output()), patience);
      const again = await healthy();
      assert.deepEqual([again.id, again.startedAt], [id, startedAt]);
      second.child.kill('SIGINT');
      await second.end;
      assert.equal((await seen('db'))?.state, 'exited');
    });

    itOfEngine('is followed through restarts by the engine, with every line once', async () => {
      const { child, output, end } = shop.follow('again');
      await until('three starts', () => output().split('\nup').length > 3, patience);
      child.kill('SIGINT');
      await end;
      const lines = output()
        .split('\n')
        .filter((line) => line === 'up' || line === 'down');
      assert.deepEqual(lines.slice(0, 5), ['up', 'down', 'up', 'down', 'up']);
    });

    itOfEngine('ends its follower when it is removed by another program', async () => {
      const { end } = shop.follow('db');
      const { id } = await healthy();
      await shop.docker('rm', '-f', id);
      assert.notEqual(await end, 0);
      assert.equal(await seen('db'), undefined);
    });

    itOfEngine('is known to have run out of memory', async () => {
      const { output, end } = shop.follow('hungry');
      assert.equal(await end, 137);
      assert.match(output(), /hungry.1 exited with code 137 \(out of memory\)\n$/);
      assert.equal(verdictOn(output()), 'container-oom');
      assert.equal((await seen('hungry'))?.outOfMemory, true);
    });

    itOfEngine('ends its follower with the error of Compose when its image is missing', async () => {
      const { output, end } = shop.follow('absent');
      assert.ok(![0, 130].includes(Number(await end)));
      assert.equal(verdictOn(output()), 'image-missing', output());
      assert.equal(await seen('absent'), undefined);
    });

    itOfEngine('names the container that has its port', async () => {
      const first = shop.follow('first');
      await reaches('first', ({ state }) => state === 'running', 'running');
      const second = shop.follow('second');
      assert.notEqual(await second.end, 0);
      assert.equal(verdictOn(second.output()), 'port-allocated', second.output());
      assert.match(second.output(), /^Port \d+ is published by the container .*first.1\.$/m);
      first.child.kill('SIGINT');
      await first.end;
    });

    itOfEngine('does not start from a Compose file that is not valid', async () => {
      for (const text of ['services:\n  db:\n    image: x\n    prots: []\n', 'services:\n  db:\n   image: x\n  - y\n']) {
        await shop.rewrite(text);
        const { output, end } = shop.follow('db');
        assert.notEqual(await end, 0);
        assert.equal(verdictOn(output()), 'compose-invalid', output());
      }
    });

    it('is not known without an engine, and the start says why', async () => {
      const nowhere = { DOCKER_HOST: 'unix:///nowhere/service-lifecycle.sock' };
      const reading = await shop.containers.look({ ...shop.spec('db'), env: nowhere });
      assert.ok(reading.kind === 'unavailable' && isEngineOff(reading.why), JSON.stringify(reading));
      const { output, end } = shop.follow('db', nowhere);
      assert.notEqual(await end, 0);
      assert.equal(verdictOn(output()), 'docker-not-running', output());
    });

    itOfEngine('is watched: every change of it is reported', async () => {
      let changes = 0;
      const watch = shop.containers.watch(shop.spec('db'), () => (changes += 1));
      try {
        assert.equal(await seen('db'), undefined);
        const { child, end } = shop.follow('db');
        await until('an event of the start', () => changes > 0, patience);
        const { id, health } = await healthy();
        assert.equal(health?.output, 'ok');
        const before = changes;
        await shop.docker('exec', id, 'rm', '/www/index.html');
        const unhealthy = await reaches('db', (container) => container.health?.status === 'unhealthy', 'unhealthy');
        assert.match(unhealthy.health?.output ?? '', /404 Not Found/);
        assert.ok(changes > before);
        const failure = judgeContainer(unhealthy) ?? assert.fail('it is well');
        assert.deepEqual(codesOf(failure), ['container-unhealthy']);
        child.kill('SIGINT');
        await end;
        assert.equal((await seen('db'))?.state, 'exited');
      } finally {
        watch.dispose();
      }
    });

    itOfEngine('is stopped and killed on request', async () => {
      const first = shop.follow('db');
      await healthy();
      assert.match(await shop.containers.stop(shop.spec('db')), /stop -t 1 db$/);
      assert.notEqual(await first.end, 0);
      const second = shop.follow('db');
      await healthy();
      assert.match(await shop.containers.kill(shop.spec('db')), /kill db$/);
      assert.equal(await second.end, 137);
    });
  });
}
