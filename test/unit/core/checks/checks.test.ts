import assert from 'node:assert/strict';
import type { Answer, CheckOutcome, Presence } from '../../../../src/core/checks/checks';
import { presenceOf, timeoutOf, testsOf } from '../../../../src/core/checks/checks';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import { defined } from '../../../../src/core/model/defined';
import { judgeCheck, judgeHealth } from '../../../../src/core/checks/judgeCheck';
import { bodyFailure, bodyLimit, statusFailure } from '../../../../src/core/checks/reply';
import type { CheckSpec } from '../../../../src/core/model/service';
import { probeSpec } from '../../../support/fakes/specs';

const check = (changes: Partial<CheckSpec> = {}): CheckSpec => ({ name: 'Orders', http: '/orders', ...changes });

/** Returns what a checker returns for such a response. */
function replied(spec: CheckSpec, status: number, text = '', isWhole = true): Answer {
  const body = { text, isWhole };
  const failure = statusFailure(status, spec) ?? bodyFailure(body, spec);
  const seen = { latencyMs: 12, status, body };
  return failure === undefined ? { ...seen, ok: true } : { ...seen, ok: false, failure };
}

const judged = (spec: CheckSpec, answer: Answer, presence: Presence = 'running'): CheckOutcome =>
  judgeCheck(spec, answer, { name: 'backend', presence });

const refused: ProbeFailure = { kind: 'refused', port: 8000 };
const failed = (failure: ProbeFailure): Answer => ({ ok: false, latencyMs: 1, failure });

describe('core/checks/judgeCheck: a check', () => {
  it('passes an expected response, with status and latency and without a message', () => {
    const cases: [Partial<CheckSpec>, string][] = [
      [{}, ''],
      [{ status: [201, 200] }, ''],
      [{ json: { a: { b: 1 }, list: [{ id: 2 }] } }, '{"a":{"b":1,"c":2},"list":[{"id":1},{"id":2,"x":0}],"more":null}'],
      [{ json: {} }, '[1, 2]'],
      [{ contains: 'Grüße' }, '<p>Viele Grüße</p>'],
      [{ json: { a: 1 }, contains: '"a":1' }, '{"a":1}'],
      [{ maxLatency: 12 }, ''],
    ];
    for (const [changes, text] of cases) {
      const spec = check(changes);
      assert.deepEqual(judged(spec, replied(spec, 200, text)), {
        kind: 'passed',
        result: { name: 'Orders', ok: true, status: 200, latencyMs: 12 },
      });
    }
  });

  const mismatches: { what: string; spec: CheckSpec; status?: number; text?: string; message: string; difference?: unknown }[] = [
    {
      what: 'another status',
      spec: check({ status: [200] }),
      status: 404,
      message: 'Expected status 200, got 404.',
      difference: { expected: '200', actual: '404' },
    },
    {
      what: 'one of several statuses',
      spec: check({ status: [200, 204] }),
      status: 500,
      message: 'Expected status 200 or 204, got 500.',
      difference: { expected: '200 or 204', actual: '500' },
    },
    {
      what: 'an error where none is named',
      spec: check(),
      status: 503,
      message: 'Expected status 200–399, got 503.',
      difference: { expected: '200–399', actual: '503' },
    },
    {
      what: 'a redirect',
      spec: check({ status: [200] }),
      status: 302,
      message: 'Expected status 200, got 302 (a redirect, which is not followed).',
      difference: { expected: '200', actual: '302' },
    },
    {
      what: 'another value in JSON',
      spec: check({ json: { db: { up: true } } }),
      text: '{"db":{"up":false}}',
      message: 'Unexpected JSON: db.up is false, expected true.',
      difference: {
        expected: '{\n  "db": {\n    "up": true\n  }\n}',
        actual: '{\n  "db": {\n    "up": false\n  }\n}',
      },
    },
    {
      what: 'a missing key in JSON',
      spec: check({ json: { id: 1 } }),
      text: '{}',
      message: 'Unexpected JSON: id is missing.',
      difference: { expected: '{\n  "id": 1\n}', actual: '{}' },
    },
    {
      what: 'a page where JSON was expected',
      spec: check({ json: { id: 1 } }),
      text: '<!doctype html>\n<title>Sign in</title>',
      message: 'Expected JSON, got "<!doctype html> <title>Sign in</title>".',
      difference: { expected: '{\n  "id": 1\n}', actual: '<!doctype html>\n<title>Sign in</title>' },
    },
    {
      what: 'nothing where JSON was expected',
      spec: check({ json: {} }),
      text: '',
      message: 'Expected JSON, got an empty body.',
      difference: { expected: '{}', actual: '' },
    },
    {
      what: 'a missing string',
      spec: check({ contains: 'Welcome' }),
      text: 'Go away',
      message: 'Expected "Welcome" in the response, got "Go away".',
      difference: { expected: 'Welcome', actual: 'Go away' },
    },
    {
      what: 'correct JSON with a missing string',
      spec: check({ json: { a: 1 }, contains: 'b' }),
      text: '{"a":1}',
      message: 'Expected "b" in the response, got "{"a":1}".',
      difference: { expected: 'b', actual: '{"a":1}' },
    },
  ];
  for (const { what, spec, status = 200, text, message, difference } of mismatches) {
    it(`fails ${what}, and explains what was expected and what came`, () => {
      const result = { name: 'Orders', ok: false, status, latencyMs: 12, message };
      assert.deepEqual(judged(spec, replied(spec, status, text)), defined({ kind: 'failed', result, difference }));
    });
  }

  it('fails a response above the size limit, unless its beginning contains the string', () => {
    const beginning = 'x'.repeat(bodyLimit);
    const json = check({ json: {} });
    assert.equal(
      judged(json, replied(json, 200, beginning, false)).result.message,
      'Expected JSON of at most 1 MB, but the response is larger.',
    );
    const absent = check({ contains: 'y' });
    assert.equal(
      judged(absent, replied(absent, 200, beginning, false)).result.message,
      'Expected "y" in the first 1 MB of the response. The rest is not read.',
    );
    const present = check({ contains: 'xxx' });
    assert.equal(judged(present, replied(present, 200, beginning, false)).kind, 'passed');
  });

  it('distinguishes a late response from a wrong one, without rounding the two times to one', () => {
    const answer: Answer = { ok: true, status: 200, latencyMs: 500.2 };
    assert.deepEqual(judged(check({ maxLatency: 500 }), answer), {
      kind: 'late',
      result: {
        name: 'Orders',
        ok: false,
        status: 200,
        latencyMs: 500.2,
        message: 'The response took 501 ms (expected at most 500 ms).',
      },
    });
  });

  it('waits longer than the limit, so that a late response is measured', () => {
    assert.equal(timeoutOf(check()), 5000);
    assert.equal(timeoutOf(check({ maxLatency: 500 })), 5000);
    assert.equal(timeoutOf(check({ maxLatency: 60_000 })), 61_000);
  });

  const presences: [Presence, CheckOutcome['kind'], string][] = [
    ['atRest', 'skipped', 'Nothing is listening on port 8000. Start backend.'],
    ['coming', 'failed', 'Nothing is listening on port 8000 yet. Wait until backend is ready.'],
    ['running', 'failed', 'Nothing is listening on port 8000, although backend is running. Diagnose it.'],
  ];
  for (const [presence, kind, message] of presences) {
    it(`explains what to do about a refused connection when the service is ${presence}`, () => {
      const outcome = judged(check(), failed(refused), presence);
      assert.deepEqual(outcome, { kind, result: { name: 'Orders', ok: false, latencyMs: 1, message } });
      const health = judgeHealth(
        probeSpec(),
        { ok: false, at: 0, latencyMs: 1, failure: refused },
        { name: 'backend', presence },
      );
      assert.deepEqual(health, { kind, result: { name: 'Health', ok: false, latencyMs: 1, message } });
    });
  }

  it('has its own explanation for each kind of failure', () => {
    const failures: ProbeFailure[] = [
      { kind: 'noAnswer', timeout: 5000 },
      { kind: 'reset' },
      { kind: 'httpsExpected' },
      { kind: 'httpExpected' },
      { kind: 'notHttp' },
      { kind: 'unknownHost', host: 'nowhere.invalid' },
      { kind: 'unreachable', detail: 'No route to host' },
    ];
    const messages = failures.map((failure) => judged(check(), failed(failure), 'atRest').result.message ?? '');
    for (const message of messages) assert.match(message, /^[A-Z][^\n]*\.$/);
    assert.equal(new Set(messages).size, failures.length);
    assert.match(messages[0] ?? '', /No complete response within 5 s/);
    assert.match(messages[2] ?? '', /https:\/\//);
    assert.ok(messages.every((message) => !message.includes('"health"')));
  });
});

describe('core/checks/judgeCheck: a health probe', () => {
  it('passes, fails with the status, and names the command of a service that is not running', () => {
    const running = { name: 'backend', presence: 'running' } as const;
    assert.deepEqual(judgeHealth(probeSpec(), { ok: true, at: 0, latencyMs: 3, status: 200 }, running), {
      kind: 'passed',
      result: { name: 'Health', ok: true, status: 200, latencyMs: 3 },
    });
    const bad = { ok: false, at: 0, status: 503, failure: { kind: 'badStatus', status: 503, expected: '200' } } as const;
    assert.deepEqual(judgeHealth(probeSpec({ status: [200] }), bad, running), {
      kind: 'failed',
      result: { name: 'Health', ok: false, status: 503, message: 'Health check returned HTTP 503 (expected 200).' },
      difference: { expected: '200', actual: '503' },
    });
    const exec = { kind: 'execFailed', command: 'pg_isready', exitCode: 2, detail: 'no response' } as const;
    const outcome = judgeHealth(probeSpec(), { ok: false, at: 0, failure: exec }, { name: 'postgres', presence: 'atRest' });
    assert.equal(outcome.kind, 'skipped');
    assert.equal(
      outcome.result.message,
      'postgres is not running. Start it first. no response (health check pg_isready exited with code 2).',
    );
  });
});

describe('core/checks/checks', () => {
  it('returns the health first, then the checks in their order, each with its own id', () => {
    const checks = [check({ name: 'a' }), check({ name: 'b' }), check({ name: 'a' })];
    const tests = testsOf({ probe: probeSpec(), checks });
    assert.deepEqual(
      tests.map(({ name }) => name),
      ['Health', 'a', 'b', 'a'],
    );
    assert.equal(new Set(tests.map(({ id }) => id)).size, 4);
    assert.deepEqual(testsOf({ checks: [] }), []);
  });

  it('keeps the ids of checks when another check is added before them', () => {
    const ids = (names: readonly string[]): string[] =>
      testsOf({ checks: names.map((name) => check({ name })) }).map(({ id }) => id);
    assert.deepEqual(ids(['new', 'a', 'b']).slice(1), ids(['a', 'b']));
  });

  it('distinguishes services at rest from services that are about to run', () => {
    assert.equal(presenceOf({ kind: 'stopped', cause: { kind: 'never' } }), 'atRest');
    assert.equal(presenceOf({ kind: 'queued', run: 'r', by: 'user', since: 0, waitingFor: [] }), 'coming');
  });
});
