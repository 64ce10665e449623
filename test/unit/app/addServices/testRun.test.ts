/** Test runs of proposals: their outcomes, and that no process, terminal or ledger entry stays. */
import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../../src/app/ports';
import { performTestRun } from '../../../../src/app/addServices/testRun';
import type { DiagnoseRun } from '../../../../src/app/addServices/trial';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { endLeftOverTestRuns, TestRuns } from '../../../../src/app/addServices/testRuns';
import type { World } from '../../../../src/app/world';
import { known } from '../../../../src/core/model/process';
import type { Listener } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { TestRun, TestRunOutcome } from '../../../../src/core/addServices/testRun';
import { jobSpec, probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld, nothing } from '../../../support/fakes/world';

const listener = (port: number, pid: number): Listener => ({ port, address: '127.0.0.1', family: 4, pids: [pid] });

class Bench {
  readonly fake = new FakeWorld();
  readonly reports: TestRun[] = [];
  readonly abort = new AbortController();
  /** The ports that the processes of the test run listen on. */
  ports: readonly number[] = [8000];
  /** The HTTP status of each probe; undefined when the service does not speak HTTP. */
  status: number | undefined = 200;
  diagnose: DiagnoseRun | undefined;

  get world(): World {
    const { world } = this.fake;
    return {
      ...world,
      portTable: {
        ...world.portTable,
        portsOf: (pids) => Promise.resolve(known(this.ports.map((port) => listener(port, [...pids][0] ?? 0)))),
      },
      prober: {
        probe: async (request, signal) => {
          const outcome = await world.prober.probe(request, signal);
          return outcome.ok && this.status !== undefined ? { ...outcome, status: this.status, latencyMs: 35 } : outcome;
        },
      },
      askAboutPort: () => assert.fail('A test run asks the user nothing.'),
      offerPort: () => assert.fail('A test run offers nothing.'),
    };
  }

  start(...specs: readonly ServiceSpec[]): Promise<TestRunOutcome> {
    const id = specs[0]?.id ?? '';
    const report = (testRun: TestRun): void => void this.reports.push(testRun);
    const { diagnose } = this;
    return performTestRun({ specs, id, report, signal: this.abort.signal }, { ...this.world, ...(diagnose && { diagnose }) });
  }

  /** Returns the outcome after `ms`, and asserts that nothing is left behind. */
  async outcome(running: Promise<TestRunOutcome>, ms = 30_000): Promise<TestRunOutcome> {
    await this.fake.clock.turn(ms);
    const outcome = await running;
    this.fake.supervisor.dispose();
    assert.deepEqual(this.fake.machine.living(), []);
    assert.equal(this.fake.ledger.size, 0);
    assert.deepEqual(this.fake.store.services(), []);
    assert.deepEqual(this.fake.leftovers(), nothing);
    return outcome;
  }
}

const healthPath = serviceSpec('web', { onPortConflict: 'ask', restart: 'always' });

describe('app/addServices/testRun', () => {
  it('reports the response to the health probe, and stops the service', async () => {
    const bench = new Bench();
    assert.deepEqual(await bench.outcome(bench.start(healthPath), 1000), {
      kind: 'responds',
      response: { url: 'http://localhost:8000/health', path: '/health', status: 200, latencyMs: 35 },
    });
    assert.deepEqual([bench.reports[0]?.kind, bench.reports.at(-1)?.kind], ['starting', 'ending']);
    assert.deepEqual(bench.fake.machine.signals, ['SIGINT 101']);
  });

  it('starts the dependencies first, and stops them as well', async () => {
    const bench = new Bench();
    const database = serviceSpec('db', { port: 5432, role: 'database' });
    const outcome = await bench.outcome(
      bench.start(serviceSpec('web', { dependsOn: [{ id: 'db', condition: 'healthy' }] }), database),
    );
    assert.equal(outcome.kind, 'responds');
    assert.deepEqual(bench.fake.terminals.order, ['db', 'web']);
  });

  it('sends no HTTP request to a database', async () => {
    const bench = new Bench();
    bench.status = undefined;
    const database = serviceSpec('db', { role: 'database', probe: probeSpec({ target: { kind: 'tcp', port: 8000 } }) });
    assert.deepEqual(await bench.outcome(bench.start(database)), { kind: 'listens', ports: [8000] });
    assert.equal(bench.fake.prober.asked.get(0), undefined);
  });

  it('reports a service that listens on another port', async () => {
    const bench = new Bench();
    bench.ports = [8001];
    assert.deepEqual(await bench.outcome(bench.start(healthPath)), { kind: 'elsewhere', expected: 8000, ports: [8001] });
  });

  it('names the process on the port, asks nothing and ends no other process', async () => {
    const bench = new Bench();
    const stranger = bench.fake.stranger(8000);
    const running = bench.start(serviceSpec('web', { onPortConflict: 'stop' }));
    await bench.fake.clock.turn(1000);
    const outcome = await running;
    assert.ok(outcome.kind === 'failed' && outcome.why.includes(`pid ${stranger.process.pid}`), JSON.stringify(outcome));
    assert.ok(bench.fake.machine.isAlive(stranger.process));
    assert.deepEqual(bench.fake.terminals.order, []);
  });

  it('has the verdict of a diagnosis, which knows the output of the run, for what failed', async () => {
    const texts = { title: 'It crashed.', short: 'Crashed', detail: '', evidence: [] };
    const verdict: Finding = { code: 'crashed', severity: 'error', ...texts, actions: [] };
    const seen: (readonly string[])[] = [];
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    bench.diagnose = async (id, { store, output }) => {
      const service = store.services().find(({ spec }) => spec.id === id) ?? assert.fail('unknown');
      seen.push((await output(service)).lines);
      return [verdict];
    };
    const running = bench.start(serviceSpec('web'));
    await bench.fake.clock.turn(100);
    const { run } = bench.fake.terminals.launches[0] ?? assert.fail('It was not launched.');
    bench.fake.terminals.tell.wrote(run, 'boom\r\n');
    for (const { identity } of bench.fake.machine.living()) bench.fake.machine.end(identity.pid);
    bench.fake.trees.look();
    const outcome = await bench.outcome(running, 3000);
    assert.deepEqual(outcome.kind === 'failed' && outcome.verdict, verdict);
    assert.deepEqual(seen, [['boom']]);
  });

  it('fails as before when the diagnosis does', async () => {
    const bench = new Bench();
    bench.diagnose = () => Promise.reject(new Error('no diagnosis'));
    bench.fake.stranger(8000);
    const running = bench.start(serviceSpec('web', { onPortConflict: 'stop' }));
    await bench.fake.clock.turn(1000);
    const outcome = await running;
    assert.ok(outcome.kind === 'failed' && outcome.verdict === undefined && outcome.why.includes('Port 8000'));
  });

  it('reports the cause of a crash, and does not restart the service', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const running = bench.start(serviceSpec('web', { restart: 'always' }));
    await bench.fake.clock.turn(100);
    const { run } = bench.fake.terminals.launches[0] ?? assert.fail('It was not launched.');
    bench.fake.terminals.tell.wrote(run, "ModuleNotFoundError: No module named 'fastapi'\r\n");
    for (const { identity } of bench.fake.machine.living()) bench.fake.machine.end(identity.pid);
    bench.fake.trees.look();
    await bench.fake.clock.turn(300);
    bench.fake.terminals.tell.ended(run, 1, false);
    const outcome = await bench.outcome(running);
    assert.ok(outcome.kind === 'failed' && outcome.why.includes("No module named 'fastapi'"), JSON.stringify(outcome));
    assert.equal(bench.fake.terminals.launches.length, 1);
  });

  it('fails with the reason in a workspace that is not trusted', async () => {
    const bench = new Bench();
    bench.fake.refusal = { kind: 'untrusted' };
    const outcome = await bench.outcome(bench.start(healthPath));
    assert.ok(outcome.kind === 'failed' && outcome.why.includes('not trusted'));
  });

  it('fails when the service does not respond within a minute', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const slow = serviceSpec('web', { probe: probeSpec({ startPeriod: 600_000 }) });
    const outcome = await bench.outcome(bench.start(slow), 75_000);
    assert.ok(outcome.kind === 'failed' && outcome.why.includes('within 60 s'), JSON.stringify(outcome));
  });

  it('stops when the user aborts it', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const running = bench.start(healthPath);
    await bench.fake.clock.turn(500);
    bench.abort.abort();
    assert.deepEqual(await bench.outcome(running, 1000), { kind: 'stopped' });
  });

  it('reports a service without a port when it stays up for four seconds', async () => {
    const bench = new Bench();
    bench.ports = [];
    assert.deepEqual(await bench.outcome(bench.start(jobSpec('worker'))), { kind: 'staysUp', ms: 4000 });
  });

  it('reports the ready line of a service without a port', async () => {
    const bench = new Bench();
    bench.ports = [];
    const running = bench.start(jobSpec('worker'));
    await bench.fake.clock.turn(500);
    bench.fake.terminals.tell.wrote(bench.fake.terminals.launches[0]?.run ?? '', 'Connecting\nWaiting for jobs\n');
    assert.deepEqual(await bench.outcome(running), { kind: 'staysUp', ms: 4000, readyLine: 'Waiting for jobs' });
  });

  it('reports the port that a service without a configured port opens', async () => {
    const bench = new Bench();
    bench.ports = [7000];
    assert.deepEqual(await bench.outcome(bench.start(jobSpec('worker'))), { kind: 'listens', ports: [7000] });
  });

  it('fails when a process of the service cannot be ended', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const running = bench.start(serviceSpec('web', { stopGracePeriod: 100 }));
    await bench.fake.clock.turn(100);
    for (const process of bench.fake.machine.living()) process.manner = 'resist';
    bench.fake.prober.answer(8000);
    await bench.fake.clock.turn(60_000);
    const outcome = await running;
    assert.ok(outcome.kind === 'failed' && outcome.why.startsWith('web: Could not be stopped'), JSON.stringify(outcome));
  });
});

describe('app/addServices/testRuns', () => {
  it('performs test runs one after another', async () => {
    const bench = new Bench();
    const testRuns = new TestRuns(bench.world);
    const reports: string[] = [];
    const start = (key: string) =>
      testRuns.run({
        specs: [serviceSpec(key)],
        id: key,
        report: ({ kind }) => reports.push(`${key} ${kind}`),
        signal: bench.abort.signal,
      });
    const both = Promise.all([start('one'), start('two')]);
    await bench.fake.clock.turn(5000);
    assert.deepEqual(
      (await both).map(({ kind }) => kind),
      ['responds', 'responds'],
    );
    assert.deepEqual(reports.slice(0, 2), ['one waiting', 'two waiting']);
    assert.ok(reports.lastIndexOf('one ending') < reports.indexOf('two starting'), reports.join(', '));
  });

  it('ends test runs that an earlier window left running, and removes them from the ledger', async () => {
    const bench = new Bench();
    const { identity } = bench.fake.machine.spawn('web', 'old');
    const entry: LedgerEntry = {
      ...{ folder: '/shop', key: 'web (test run)', run: 'old', process: identity },
      ...{ command: 'run web', cwd: '/shop', startedAt: 5 },
    };
    const gone: LedgerEntry = { ...entry, key: 'api (test run)', process: { pid: 4711, born: 'long ago' } };
    for (const each of [entry, gone]) bench.fake.ledger.set(`/shop/${each.key}`, each);
    await endLeftOverTestRuns([entry, gone], bench.world);
    assert.deepEqual(bench.fake.machine.living(), []);
    assert.equal(bench.fake.ledger.size, 0);
    assert.deepEqual(bench.fake.machine.signals, [`SIGTERM ${identity.pid}`]);
  });

  it('that a live window is running are left alone', async () => {
    const bench = new Bench();
    const window = bench.fake.machine.spawn('extension host', 'none').identity;
    const { identity } = bench.fake.machine.spawn('web', 'now');
    const entry: LedgerEntry = {
      ...{ folder: '/shop', key: 'web (test run)', run: 'now', process: identity, host: window },
      ...{ command: 'run web', cwd: '/shop', startedAt: 5 },
    };
    bench.fake.ledger.set('/shop/web (test run)', entry);
    await endLeftOverTestRuns([entry], bench.world);
    assert.deepEqual([bench.fake.machine.isAlive(identity), bench.fake.ledger.size, bench.fake.machine.signals], [true, 1, []]);
  });
});
