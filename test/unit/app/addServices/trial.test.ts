/** A try: what came of it, and that nothing of it is left. */
import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../../src/app/ports';
import { tryService } from '../../../../src/app/addServices/trial';
import { endLeftOverTrials, Trials } from '../../../../src/app/addServices/trials';
import type { World } from '../../../../src/app/world';
import { known } from '../../../../src/core/model/process';
import type { Listener } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { Trial, TrialOutcome } from '../../../../src/core/addServices/trial';
import { jobSpec, probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld, nothing } from '../../../support/fakes/world';

const listener = (port: number, pid: number): Listener => ({ port, address: '127.0.0.1', family: 4, pids: [pid] });

class Bench {
  readonly fake = new FakeWorld();
  readonly told: Trial[] = [];
  readonly abort = new AbortController();
  /** Ports that the processes of a try listen on. */
  ports: readonly number[] = [8000];
  /** Undefined: probes are no HTTP. */
  status: number | undefined = 200;

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
      askAboutPort: () => assert.fail('A try asks nobody.'),
      offerPort: () => assert.fail('A try offers nothing.'),
    };
  }

  try(...specs: readonly ServiceSpec[]): Promise<TrialOutcome> {
    const id = specs[0]?.id ?? '';
    return tryService({ specs, id, tell: (trial) => this.told.push(trial), signal: this.abort.signal }, this.world);
  }

  /** The outcome, after so much time (ms), with nothing left behind. */
  async outcome(trying: Promise<TrialOutcome>, ms = 30_000): Promise<TrialOutcome> {
    await this.fake.clock.turn(ms);
    const outcome = await trying;
    this.fake.supervisor.dispose();
    assert.deepEqual(this.fake.machine.living(), []);
    assert.equal(this.fake.ledger.size, 0);
    assert.deepEqual(this.fake.store.services(), []);
    assert.deepEqual(this.fake.leftovers(), nothing);
    return outcome;
  }
}

const healthPath = serviceSpec('web', { onPortConflict: 'ask', restart: 'always' });

describe('app: a try', () => {
  it('tells the reply to its own probe, and stops it again', async () => {
    const bench = new Bench();
    assert.deepEqual(await bench.outcome(bench.try(healthPath), 1000), {
      kind: 'answers',
      url: 'http://localhost:8000/',
      status: 200,
      latencyMs: 35,
    });
    assert.deepEqual([bench.told[0]?.kind, bench.told.at(-1)?.kind], ['starting', 'ending']);
    assert.deepEqual(bench.fake.machine.signals, ['SIGINT 101']);
  });

  it('starts what it needs first, and stops that as well', async () => {
    const bench = new Bench();
    const database = serviceSpec('db', { port: 5432, role: 'database' });
    const outcome = await bench.outcome(
      bench.try(serviceSpec('web', { dependsOn: [{ id: 'db', condition: 'healthy' }] }), database),
    );
    assert.equal(outcome.kind, 'answers');
    assert.deepEqual(bench.fake.terminals.order, ['db', 'web']);
  });

  it('does not ask a database in HTTP', async () => {
    const bench = new Bench();
    bench.status = undefined;
    const database = serviceSpec('db', { role: 'database', probe: probeSpec({ target: { kind: 'tcp', port: 8000 } }) });
    assert.deepEqual(await bench.outcome(bench.try(database)), { kind: 'listens', ports: [8000] });
    assert.equal(bench.fake.prober.asked.get(0), undefined);
  });

  it('says when it listens elsewhere', async () => {
    const bench = new Bench();
    bench.ports = [8001];
    assert.deepEqual(await bench.outcome(bench.try(healthPath)), { kind: 'elsewhere', expected: 8000, ports: [8001] });
  });

  it('says who has its port, asks nobody and ends nobody', async () => {
    const bench = new Bench();
    const stranger = bench.fake.stranger(8000);
    const trying = bench.try(serviceSpec('web', { onPortConflict: 'stop' }));
    await bench.fake.clock.turn(1000);
    const outcome = await trying;
    assert.ok(outcome.kind === 'failed' && outcome.why.includes(`pid ${stranger.process.pid}`), JSON.stringify(outcome));
    assert.ok(bench.fake.machine.isAlive(stranger.process));
    assert.deepEqual(bench.fake.terminals.order, []);
  });

  it('says why it crashed, and does not start it again', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const trying = bench.try(serviceSpec('web', { restart: 'always' }));
    await bench.fake.clock.turn(100);
    const { run } = bench.fake.terminals.launches[0] ?? assert.fail('It was not launched.');
    bench.fake.terminals.tell.wrote(run, "ModuleNotFoundError: No module named 'fastapi'\r\n");
    for (const { identity } of bench.fake.machine.living()) bench.fake.machine.end(identity.pid);
    bench.fake.trees.look();
    await bench.fake.clock.turn(300);
    bench.fake.terminals.tell.ended(run, 1, false);
    const outcome = await bench.outcome(trying);
    assert.ok(outcome.kind === 'failed' && outcome.why.includes("No module named 'fastapi'"), JSON.stringify(outcome));
    assert.equal(bench.fake.terminals.launches.length, 1);
  });

  it('is refused with the reason in a workspace that is not trusted', async () => {
    const bench = new Bench();
    bench.fake.refusal = { kind: 'untrusted' };
    const outcome = await bench.outcome(bench.try(healthPath));
    assert.ok(outcome.kind === 'failed' && outcome.why.includes('not trusted'));
  });

  it('ends after a minute without an answer', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const slow = serviceSpec('web', { probe: probeSpec({ startPeriod: 600_000 }) });
    const outcome = await bench.outcome(bench.try(slow), 75_000);
    assert.ok(outcome.kind === 'failed' && outcome.why.includes('within 60 s'), JSON.stringify(outcome));
  });

  it('is stopped when the person says so', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const trying = bench.try(healthPath);
    await bench.fake.clock.turn(500);
    bench.abort.abort();
    assert.deepEqual(await bench.outcome(trying, 1000), { kind: 'stopped' });
  });

  it('watches for a while what has no port', async () => {
    const bench = new Bench();
    bench.ports = [];
    assert.deepEqual(await bench.outcome(bench.try(jobSpec('worker'))), { kind: 'lives', ms: 4000 });
  });

  it('finds the port of what was not known to have one', async () => {
    const bench = new Bench();
    bench.ports = [7000];
    assert.deepEqual(await bench.outcome(bench.try(jobSpec('worker'))), { kind: 'listens', ports: [7000] });
  });

  it('says so when something of it cannot be ended', async () => {
    const bench = new Bench();
    bench.fake.prober.refuse(8000);
    const trying = bench.try(serviceSpec('web', { stopGracePeriod: 100 }));
    await bench.fake.clock.turn(100);
    for (const process of bench.fake.machine.living()) process.manner = 'resist';
    bench.fake.prober.answer(8000);
    await bench.fake.clock.turn(60_000);
    const outcome = await trying;
    assert.ok(outcome.kind === 'failed' && outcome.why.startsWith('web: Could not be stopped'), JSON.stringify(outcome));
  });
});

describe('app: tries', () => {
  it('wait for one another', async () => {
    const bench = new Bench();
    const trials = new Trials(bench.world);
    const told: string[] = [];
    const start = (key: string) =>
      trials.try({
        specs: [serviceSpec(key)],
        id: key,
        tell: ({ kind }) => told.push(`${key} ${kind}`),
        signal: bench.abort.signal,
      });
    const both = Promise.all([start('one'), start('two')]);
    await bench.fake.clock.turn(5000);
    assert.deepEqual(
      (await both).map(({ kind }) => kind),
      ['answers', 'answers'],
    );
    assert.deepEqual(told.slice(0, 2), ['one waiting', 'two waiting']);
    assert.ok(told.lastIndexOf('one ending') < told.indexOf('two starting'), told.join(', '));
  });

  it('that an earlier window left running are ended, and forgotten', async () => {
    const bench = new Bench();
    const { identity } = bench.fake.machine.spawn('web', 'old');
    const entry: LedgerEntry = {
      ...{ folder: '/shop', key: 'web (try)', run: 'old', process: identity },
      ...{ command: 'run web', cwd: '/shop', startedAt: 5 },
    };
    const gone: LedgerEntry = { ...entry, key: 'api (try)', process: { pid: 4711, born: 'long ago' } };
    for (const each of [entry, gone]) bench.fake.ledger.set(`/shop/${each.key}`, each);
    await endLeftOverTrials([entry, gone], bench.world);
    assert.deepEqual(bench.fake.machine.living(), []);
    assert.equal(bench.fake.ledger.size, 0);
    assert.deepEqual(bench.fake.machine.signals, [`SIGTERM ${identity.pid}`]);
  });

  it('that a live window is running are left alone', async () => {
    const bench = new Bench();
    const window = bench.fake.machine.spawn('extension host', 'none').identity;
    const { identity } = bench.fake.machine.spawn('web', 'now');
    const entry: LedgerEntry = {
      ...{ folder: '/shop', key: 'web (try)', run: 'now', process: identity, window },
      ...{ command: 'run web', cwd: '/shop', startedAt: 5 },
    };
    bench.fake.ledger.set('/shop/web (try)', entry);
    await endLeftOverTrials([entry], bench.world);
    assert.deepEqual([bench.fake.machine.isAlive(identity), bench.fake.ledger.size, bench.fake.machine.signals], [true, 1, []]);
  });
});
