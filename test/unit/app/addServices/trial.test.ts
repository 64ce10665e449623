/** A trial of several proposals: in order, together, and nothing of it stays. */
import assert from 'node:assert/strict';
import { performTrial } from '../../../../src/app/addServices/trial';
import type { DiagnoseRun } from '../../../../src/app/addServices/trial';
import type { World } from '../../../../src/app/world';
import { startService, runInTerminal } from '../../../../src/core/diagnosis/actions';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { known } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { TestRun, TestRunOutcome } from '../../../../src/core/addServices/testRun';
import { aContainer } from '../../../support/fakes/containers';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld, nothing } from '../../../support/fakes/world';

type Statuses = Readonly<Record<string, number>>;

class Bench {
  readonly fake = new FakeWorld();
  readonly reports: string[] = [];
  readonly abort = new AbortController();
  /** By the end of a URL: the status of the response; without one it is no HTTP. */
  statuses: Statuses = {};
  /** Ports that processes listen on beside or instead of their own, by the service. */
  readonly elsewhere = new Map<string, readonly number[]>();
  diagnose: DiagnoseRun = () => Promise.resolve([]);

  constructor(private readonly specs: readonly ServiceSpec[]) {}

  get world(): World {
    const { world } = this.fake;
    return {
      ...world,
      portTable: { ...world.portTable, portsOf: (pids) => Promise.resolve(known(this.#listeners(pids))) },
      prober: {
        probe: async (request, signal) => {
          const { target } = request.probe;
          const outcome = await world.prober.probe(request, signal);
          const status = target.kind === 'http' ? this.#statusOf(target.address) : undefined;
          if (target.kind !== 'http' || status === undefined) return outcome;
          const at = outcome.at;
          return status < 400
            ? { ok: true, at, status, latencyMs: 1 }
            : { ok: false, at, status, latencyMs: 1, failure: { kind: 'badStatus', status, expected: '200 to 399' } };
        },
      },
      askAboutPort: () => assert.fail('A trial asks the user nothing.'),
      offerPort: () => assert.fail('A trial offers nothing.'),
    };
  }

  start(): Promise<ReadonlyMap<string, TestRunOutcome>> {
    const report = (id: string, { kind }: TestRun): void => {
      if (this.reports.at(-1) !== `${id} ${kind}`) this.reports.push(`${id} ${kind}`);
    };
    return performTrial(
      { specs: this.specs, report, signal: this.abort.signal },
      { ...this.world, diagnose: (...asked) => this.diagnose(...asked) },
    );
  }

  /** Asserts that nothing is left behind. */
  async outcomes(running: ReturnType<Bench['start']>, ms = 30_000): Promise<Record<string, TestRunOutcome>> {
    await this.fake.clock.turn(ms);
    const outcomes = await running;
    this.fake.supervisor.dispose();
    assert.deepEqual(this.fake.machine.living(), []);
    assert.equal(this.fake.ledger.size, 0);
    assert.deepEqual(this.fake.leftovers(), nothing);
    return Object.fromEntries(outcomes);
  }

  #listeners(pids: Iterable<number>) {
    return [...pids].flatMap((pid) => {
      const process = this.fake.machine.living().find(({ identity }) => identity.pid === pid);
      const spec = this.specs.find(({ id }) => id === process?.service);
      const ports = this.elsewhere.get(spec?.id ?? '') ?? (spec?.port === undefined ? [] : [spec.port]);
      return ports.map((port) => ({ port, address: '127.0.0.1', family: 4 as const, pids: [pid] }));
    });
  }

  #statusOf(address: string): number | undefined {
    return Object.entries(this.statuses).find(([end]) => address.endsWith(end))?.[1];
  }
}

const database = serviceSpec('db', { port: 5432, role: 'database', probe: probeSpec({ target: { kind: 'tcp', port: 5432 } }) });
const health = probeSpec({ target: { kind: 'http', address: '/healthz' } });
const api = serviceSpec('api', { port: 8000, probe: health, dependsOn: [{ id: 'db', condition: 'healthy' }] });
const web = serviceSpec('web', { port: 3000, dependsOn: [{ id: 'api', condition: 'healthy' }] });

describe('app/addServices/trial', () => {
  it('tries what others depend on first, keeps it up, and ends everything in the end', async () => {
    const bench = new Bench([web, api, database]);
    bench.statuses = { ':8000/healthz': 200, ':3000/health': 200 };
    const outcomes = await bench.outcomes(bench.start());
    assert.deepEqual(bench.fake.terminals.order, ['db', 'api', 'web']);
    assert.deepEqual(
      Object.values(outcomes).map(({ kind }) => kind),
      ['listens', 'responds', 'responds'],
    );
    assert.ok(bench.reports.indexOf('db ending') > bench.reports.indexOf('web keptUp'), bench.reports.join(', '));
  });

  it('finds a path that responds where the found one needs a login, and waits for nothing', async () => {
    const bench = new Bench([api, database, web]);
    bench.statuses = { ':8000/healthz': 401, ':8000/api/health': 200, ':3000/health': 200 };
    const outcomes = await bench.outcomes(bench.start());
    const { api: seen, web: dependent } = outcomes;
    assert.ok(seen?.kind === 'responds' && dependent?.kind === 'responds', JSON.stringify(outcomes));
    assert.deepEqual([seen.response.path, seen.refused?.status], ['/api/health', 401]);
  });

  it('asks again when a server is not ready yet', async () => {
    const bench = new Bench([database, api]);
    bench.statuses = { ':8000/healthz': 503 };
    const running = bench.start();
    await bench.fake.clock.turn(2000);
    bench.statuses = { ':8000/healthz': 200 };
    const { api: seen } = await bench.outcomes(running);
    assert.ok(seen?.kind === 'responds' && seen.refused === undefined, JSON.stringify(seen));
  });

  it('sees within seconds that a service listens on another port', async () => {
    const bench = new Bench([{ ...api, dependsOn: [] }]);
    bench.fake.prober.refuse(8000);
    bench.elsewhere.set('api', [8001]);
    const { api: seen } = await bench.outcomes(bench.start(), 10_000);
    assert.deepEqual(seen, { kind: 'elsewhere', expected: 8000, ports: [8001] });
  });

  it('leaves a container alone that runs already, and tries what depends on it', async () => {
    const bench = new Bench([{ ...database, compose: { service: 'db', files: [], profiles: [], build: false } }, api]);
    bench.statuses = { ':8000/healthz': 200 };
    bench.fake.containers.become('db', aContainer());
    const { db, api: seen } = await bench.outcomes(bench.start());
    assert.deepEqual([db?.kind, seen?.kind], ['runsAlready', 'responds']);
    assert.deepEqual(bench.fake.containers.asked, []);
    assert.deepEqual(bench.fake.terminals.order, ['api']);
  });

  it('stops a container that it has started', async () => {
    const compose = { service: 'db', files: [], profiles: [], build: false };
    const bench = new Bench([{ ...database, compose, probe: probeSpec({ target: { kind: 'container' } }) }]);
    const running = bench.start();
    await bench.fake.clock.turn(100);
    bench.fake.containers.become('db', aContainer());
    const { db } = await bench.outcomes(running);
    assert.equal(db?.kind, 'listens');
    assert.deepEqual(bench.fake.containers.asked, ['stop db']);
  });

  it('asks a container at the machine of its engine', async () => {
    const compose = { service: 'db', files: [], profiles: [], build: false };
    const bench = new Bench([serviceSpec('db', { compose, port: 9000, probe: probeSpec({ target: { kind: 'container' } }) })]);
    bench.fake.containers.host = 'build.lan';
    bench.statuses = { '//build.lan:9000/': 200 };
    const running = bench.start();
    await bench.fake.clock.turn(100);
    bench.fake.containers.become('db', aContainer());
    const { db } = await bench.outcomes(running);
    assert.deepEqual(db, { kind: 'responds', response: { url: 'http://build.lan:9000/', status: 200, latencyMs: 1 } });
  });

  it('does not try what depends on a service that did not come up', async () => {
    const bench = new Bench([database, api, web]);
    bench.fake.prober.refuse(5432);
    bench.elsewhere.set('db', []);
    const outcomes = await bench.outcomes(bench.start(), 100_000);
    assert.deepEqual(outcomes['api'], { kind: 'notTried', dependency: 'db' });
    assert.deepEqual(outcomes['web'], { kind: 'notTried', dependency: 'api' });
    assert.deepEqual(bench.fake.terminals.order, ['db']);
  });

  it('has the verdict of a failure', async () => {
    const bench = new Bench([serviceSpec('api')]);
    bench.fake.prober.refuse(8000);
    const verdict = finding('Dependencies are not installed.', runInTerminal('npm install', '/shop'));
    bench.diagnose = () => Promise.resolve([verdict]);
    const running = bench.start();
    await crash(bench, 'api');
    const { api: outcome } = await bench.outcomes(running);
    assert.deepEqual(outcome?.kind === 'failed' && outcome.verdict, verdict);
  });

  it('tries a service again with the one that it could not reach, and says that it needs it', async () => {
    const lonely = serviceSpec('api', { port: 8000, dependsOn: [] });
    const bench = new Bench([lonely, database]);
    bench.fake.prober.refuse(8000);
    bench.diagnose = () => Promise.resolve([finding('api cannot reach db, which is not running.', startService('db'))]);
    const running = bench.start();
    await crash(bench, 'api');
    bench.fake.prober.answer(8000);
    const outcomes = await bench.outcomes(running);
    assert.deepEqual(bench.fake.terminals.order, ['api', 'db', 'api']);
    assert.deepEqual(outcomes['api']?.needs, ['db']);
  });

  it('ends everything when it is stopped', async () => {
    const bench = new Bench([database, api, web]);
    bench.fake.prober.refuse(8000);
    bench.elsewhere.set('api', []);
    const running = bench.start();
    await bench.fake.clock.turn(3000);
    bench.abort.abort();
    const outcomes = await bench.outcomes(running, 10_000);
    assert.equal(outcomes['db']?.kind, 'listens');
    assert.equal(outcomes['api']?.kind, 'stopped');
  });

  it('fails services that wait for each other instead of waiting for ever', async () => {
    const one = serviceSpec('one', { port: 1000, dependsOn: [{ id: 'two', condition: 'healthy' }] });
    const two = serviceSpec('two', { port: 2000, dependsOn: [{ id: 'one', condition: 'healthy' }] });
    const bench = new Bench([one, two]);
    const outcomes = await bench.outcomes(bench.start());
    assert.ok(
      Object.values(outcomes).every(({ kind }) => kind === 'notTried' || kind === 'failed'),
      JSON.stringify(outcomes),
    );
  });
});

const finding = (title: string, ...actions: Finding['actions']): Finding => ({
  ...{ code: 'dependency-down', severity: 'error', title, short: title, detail: '', evidence: [] },
  actions,
});

async function crash(bench: Bench, id: string): Promise<void> {
  await bench.fake.clock.turn(300);
  const { run } = bench.fake.terminals.launches.find(({ spec }) => spec.id === id) ?? assert.fail(`${id} was not launched.`);
  for (const { identity } of bench.fake.machine.living()) bench.fake.machine.end(identity.pid);
  bench.fake.trees.look();
  await bench.fake.clock.turn(300);
  bench.fake.terminals.tell.ended(run, 1, false);
}
