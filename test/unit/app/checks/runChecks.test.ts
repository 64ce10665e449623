import assert from 'node:assert/strict';
import type { Checker, CheckQuestion, Preflight, ProbeRequest } from '../../../../src/app/ports';
import { runChecks, runTests } from '../../../../src/app/checks/runChecks';
import type { CheckParts, Watch } from '../../../../src/app/checks/runChecks';
import { Store } from '../../../../src/app/store';
import type { Answer } from '../../../../src/core/checks/checks';
import type { CheckSpec, ServiceSpec } from '../../../../src/core/model/service';
import { FakeClock, settle } from '../../../support/fakes/clock';
import { FakeContainers } from '../../../support/fakes/containers';
import { FakeProber } from '../../../support/fakes/prober';
import { jobSpec, probeSpec, serviceSpec } from '../../../support/fakes/specs';

/** Answers each question when the test calls `answer`, and counts the questions that wait. */
class HandChecker implements Checker {
  readonly asked: CheckQuestion[] = [];
  readonly #waiting: { readonly address: string; readonly answer: (answer: Answer) => void }[] = [];
  most = 0;

  ask(question: CheckQuestion, signal: AbortSignal): Promise<Answer> {
    this.asked.push(question);
    return new Promise((resolve) => {
      const lost: Answer = { ok: false, latencyMs: 0, failure: { kind: 'noAnswer', timeout: question.timeout } };
      signal.addEventListener('abort', () => resolve(lost), { once: true });
      this.#waiting.push({ address: question.address, answer: resolve });
      this.most = Math.max(this.most, this.#waiting.length);
    });
  }

  get waiting(): readonly string[] {
    return this.#waiting.map(({ address }) => address);
  }

  /** Answers the oldest question. */
  async answer(latencyMs = 5): Promise<void> {
    this.#waiting.shift()?.answer({ ok: true, status: 200, latencyMs });
    await settle();
  }
}

const check = (name: string, changes: Partial<CheckSpec> = {}): CheckSpec => ({ name, http: `/${name}`, ...changes });

describe('app: checks', () => {
  let store: Store;
  let checker: HandChecker;
  let prober: FakeProber;
  let parts: CheckParts;
  let isTrusted: boolean;
  let reports: string[];
  let abort: AbortController;
  let watch: Watch;

  beforeEach(() => {
    store = new Store();
    checker = new HandChecker();
    const clock = new FakeClock();
    prober = new FakeProber(clock);
    const preflight: Preflight = {
      prepare: ({ command }) =>
        Promise.resolve({
          ok: true,
          launch: { command: `prepared ${String(command)}`, cwd: '/prepared', env: { FROM_FILE: '1' } },
        }),
    };
    isTrusted = true;
    reports = [];
    abort = new AbortController();
    const addressOf = (_spec: ServiceSpec, { http }: CheckSpec): string => http;
    const containers = new FakeContainers();
    parts = { store, clock, containers, checker, prober, preflight, addressOf, isTrusted: () => isTrusted };
    watch = {
      signal: abort.signal,
      wants: () => true,
      began: ({ name }) => void reports.push(`${name} began`),
      ended: ({ name }, { kind }) => void reports.push(`${name} ${kind}`),
    };
  });

  const configure = (...services: readonly ServiceSpec[]): void => store.configure({ services, broken: [] });

  it('asks for paths where the container of the service is reached', async () => {
    const compose = { service: 'db', files: [], profiles: [], build: false };
    const { port: _port, ...spec } = serviceSpec('db', { compose, checks: [check('a')] });
    configure(spec);
    const last = { ok: true, at: 0, latencyMs: 1, published: 49_153, host: 'build.lan' } as const;
    store.setState('db', {
      restarts: { inARow: 0, total: 0 },
      lifecycle: {
        ...{ kind: 'running', run: 'r', process: { pid: 7, born: '1' }, startedAt: 0, readyAt: 0, terminal: 'attached' },
        health: { kind: 'healthy', since: 0, streak: { successes: 1, failures: 0 }, last },
      },
    });
    void runChecks('db', parts);
    await settle();
    await settle();
    assert.deepEqual(
      checker.asked.map(({ address, port, host }) => [address, port, host]),
      [['/a', 49_153, 'build.lan']],
    );
    await checker.answer();
  });

  it('returns the health first and the checks in the order of the file, in any order of responses', async () => {
    configure(serviceSpec('web', { checks: [check('a'), check('b')] }));
    const results = runChecks('web', parts);
    await settle();
    await checker.answer(1);
    await checker.answer(2);
    assert.deepEqual(await results, [
      { name: 'Health', ok: true, latencyMs: 1 },
      { name: 'a', ok: true, status: 200, latencyMs: 1 },
      { name: 'b', ok: true, status: 200, latencyMs: 2 },
    ]);
    assert.deepEqual(checker.asked[0], { address: '/a', port: 8000, timeout: 5000 });
  });

  it('sends four requests at a time', async () => {
    configure(jobSpec('job', { checks: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => check(name)) }));
    const results = runChecks('job', parts);
    await settle();
    assert.deepEqual(checker.waiting, ['/a', '/b', '/c', '/d']);
    await checker.answer();
    assert.deepEqual(checker.waiting, ['/b', '/c', '/d', '/e']);
    for (let count = 0; count < 5; count++) await checker.answer();
    assert.equal((await results).length, 6);
    assert.equal(checker.most, 4);
  });

  it('repeats a late check alone, and uses the second measurement', async () => {
    const limited = { maxLatency: 100 };
    configure(jobSpec('job', { checks: [check('a', limited), check('b', limited), check('c')] }));
    const results = runTests('job', watch, parts);
    await settle();
    await checker.answer(150);
    await checker.answer(150);
    assert.deepEqual(checker.waiting, ['/c']);
    await checker.answer();
    assert.deepEqual(checker.waiting, ['/a']);
    await checker.answer(50);
    await checker.answer(120);
    assert.deepEqual(
      (await results).map(({ kind }) => kind),
      ['passed', 'late', 'passed'],
    );
    assert.deepEqual(
      reports.filter((word) => !word.endsWith('began')),
      ['c passed', 'a passed', 'b late'],
    );
  });

  it('uses the first measurement of a single check', async () => {
    configure(jobSpec('job', { checks: [check('a', { maxLatency: 100 })] }));
    const results = runChecks('job', parts);
    await settle();
    await checker.answer(150);
    assert.equal((await results)[0]?.message, 'The response took 150 ms (expected at most 100 ms).');
    assert.equal(checker.asked.length, 1);
  });

  it('ends at once when it is cancelled, without the checks that have no outcome', async () => {
    configure(jobSpec('job', { checks: ['a', 'b', 'c', 'd', 'e'].map((name) => check(name)) }));
    const outcomes = runTests('job', watch, parts);
    await settle();
    await checker.answer();
    abort.abort();
    assert.deepEqual(
      (await outcomes).map(({ result }) => result.name),
      ['a'],
    );
    assert.deepEqual(
      reports.filter((word) => !word.endsWith('began')),
      ['a passed'],
    );
  });

  it('runs only the chosen tests', async () => {
    configure(serviceSpec('web', { checks: [check('a')] }));
    const outcomes = await runTests('web', { ...watch, wants: ({ kind }) => kind === 'health' }, parts);
    assert.equal(outcomes.length, 1);
    assert.deepEqual(checker.asked, []);
  });

  it('sends requests to a service that was not started, and explains a refusal', async () => {
    configure(serviceSpec('web'));
    prober.refuse(8000);
    const [health] = await runTests('web', watch, parts);
    assert.equal(health?.kind, 'skipped');
    assert.equal(health.result.message, 'Nothing is listening on port 8000. Start web.');
  });

  it('runs the checks of the saved file, although the service was started with an earlier one', async () => {
    configure(serviceSpec('web', { checks: [check('old')] }));
    const health = { kind: 'none' } as const;
    const process = { pid: 1, born: 'then' };
    const running = { kind: 'running', run: 'r', process, startedAt: 0, readyAt: 0, terminal: 'attached', health } as const;
    const state = store.get('web')?.state;
    assert.ok(state);
    store.setState('web', { ...state, lifecycle: running });
    configure(serviceSpec('web', { port: 9000, checks: [check('new')] }));
    const results = runChecks('web', parts);
    await settle();
    await checker.answer();
    assert.deepEqual(
      (await results).map(({ name }) => name),
      ['Health', 'new'],
    );
    assert.equal(checker.asked[0]?.port, 8000, 'The port is that of the running service.');
  });

  it('sends no request in a workspace that is not trusted', async () => {
    isTrusted = false;
    configure(serviceSpec('web', { checks: [check('a')] }));
    const results = await runChecks('web', parts);
    assert.ok(results.every(({ ok, message }) => !ok && message?.includes('not trusted')));
    assert.equal(results.length, 2);
    assert.equal(checker.asked.length + prober.asked.size, 0);
  });

  it('returns no results for a service without probe and checks, and rejects for an unknown service', async () => {
    configure(jobSpec());
    assert.deepEqual(await runChecks('job', parts), []);
    await assert.rejects(runChecks('nobody', parts), /There is no service "nobody"/);
  });

  it('run a health check by a command with the variables, the environment and the env files of the service', async () => {
    const requests: ProbeRequest[] = [];
    const probe = probeSpec({ target: { kind: 'exec', command: 'pg_isready -p ${port}' } });
    store.configure({ services: [serviceSpec('db', { probe, checks: [] })], broken: [] });
    parts = {
      ...parts,
      prober: {
        probe: (request) => {
          requests.push(request);
          return Promise.resolve({ ok: true, at: 0, latencyMs: 1 });
        },
      },
    };
    await runChecks('db', parts);
    assert.deepEqual(
      requests.map(({ probe: { target }, cwd, env }) => [target, cwd, env]),
      [[{ kind: 'exec', command: 'prepared pg_isready -p ${port}' }, '/prepared', { FROM_FILE: '1' }]],
    );
  });
});
