import assert from 'node:assert/strict';
import type { Answer, CheckOutcome, Presence } from '../../../../src/core/checks/checks';
import { presenceOf, timeoutOf, testsOf } from '../../../../src/core/checks/checks';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import { judgeCheck, judgeHealth } from '../../../../src/core/checks/judgeCheck';
import { bodyFailure, bodyLimit, statusFailure } from '../../../../src/core/checks/reply';
import type { CheckSpec } from '../../../../src/core/model/service';
import { probeSpec } from '../../../support/fakes/specs';

const check = (changes: Partial<CheckSpec> = {}): CheckSpec => ({ name: 'Orders', http: '/orders', ...changes });

/** What a checker would hand over for such a reply. */
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

describe('the judgement of a check', () => {
  it('passes what is as expected, with status and latency and without a message', () => {
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
      message: 'Expected status 200 to 399, got 503.',
      difference: { expected: '200 to 399', actual: '503' },
    },
    {
      what: 'a redirect',
      spec: check({ status: [200] }),
      status: 302,
      message: 'Expected status 200, got 302, a redirect, which is not followed.',
      difference: { expected: '200', actual: '302' },
    },
    {
      what: 'another value in JSON',
      spec: check({ json: { db: { up: true } } }),
      text: '{"db":{"up":false}}',
      message: 'The JSON is not as expected: db.up is false, expected true.',
      difference: {
        expected: '{\n  "db": {\n    "up": true\n  }\n}',
        actual: '{\n  "db": {\n    "up": false\n  }\n}',
      },
    },
    {
      what: 'a missing key in JSON',
      spec: check({ json: { id: 1 } }),
      text: '{}',
      message: 'The JSON is not as expected: id is missing.',
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
      what: 'a text that is not there',
      spec: check({ contains: 'Welcome' }),
      text: 'Go away',
      message: 'Expected the text "Welcome", got "Go away".',
      difference: { expected: 'Welcome', actual: 'Go away' },
    },
    {
      what: 'JSON that is right with a text that is not there',
      spec: check({ json: { a: 1 }, contains: 'b' }),
      text: '{"a":1}',
      message: 'Expected the text "b", got "{"a":1}".',
      difference: { expected: 'b', actual: '{"a":1}' },
    },
  ];
  for (const { what, spec, status = 200, text, message, difference } of mismatches) {
    it(`fails ${what}, and says what was expected and what came`, () => {
      assert.deepEqual(judged(spec, replied(spec, status, text)), {
        kind: 'failed',
        result: { name: 'Orders', ok: false, status, latencyMs: 12, message },
        ...(difference === undefined ? {} : { difference }),
      });
    });
  }

  it('fails what is larger than the limit, unless the text is in its beginning', () => {
    const beginning = 'x'.repeat(bodyLimit);
    const json = check({ json: {} });
    assert.equal(judged(json, replied(json, 200, beginning, false)).result.message, 'Expected JSON of at most 1 MB, got more.');
    const absent = check({ contains: 'y' });
    assert.equal(
      judged(absent, replied(absent, 200, beginning, false)).result.message,
      'Expected the text "y" in the first 1 MB, got more than that without it.',
    );
    const present = check({ contains: 'xxx' });
    assert.equal(judged(present, replied(present, 200, beginning, false)).kind, 'passed');
  });

  it('tells a late answer from a wrong one, without rounding the two times to one', () => {
    const answer: Answer = { ok: true, status: 200, latencyMs: 500.2 };
    assert.deepEqual(judged(check({ maxLatency: 500 }), answer), {
      kind: 'late',
      result: {
        name: 'Orders',
        ok: false,
        status: 200,
        latencyMs: 500.2,
        message: 'Expected an answer within 500 ms, it took 501 ms.',
      },
    });
  });

  it('waits for longer than the limit, so that a late answer is seen', () => {
    assert.equal(timeoutOf(check()), 5000);
    assert.equal(timeoutOf(check({ maxLatency: 500 })), 5000);
    assert.equal(timeoutOf(check({ maxLatency: 60_000 })), 61_000);
  });

  const presences: [Presence, CheckOutcome['kind'], string][] = [
    ['atRest', 'errored', 'Nothing listens on port 8000: start backend.'],
    ['coming', 'failed', 'Nothing listens on port 8000 yet: wait until backend is ready.'],
    ['running', 'failed', 'Nothing listens on port 8000, although backend runs: diagnose it.'],
  ];
  for (const [presence, kind, message] of presences) {
    it(`says of a refused connection what to do next when the service is ${presence}`, () => {
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

  it('has one sentence for everything that can go wrong on the way', () => {
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
    assert.match(messages[0] ?? '', /got no complete one within 5 s/);
    assert.match(messages[2] ?? '', /https:\/\//);
    assert.ok(messages.every((message) => !message.includes('"health"')));
  });
});

describe('the judgement of a health probe', () => {
  it('passes, fails with the status, and names the command of a service that does not run', () => {
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
    assert.equal(outcome.kind, 'errored');
    assert.equal(
      outcome.result.message,
      'postgres does not run, so start it first: no response (health check pg_isready exited with code 2).',
    );
  });
});

describe('what can be tried of a service', () => {
  it('is its health first, then the checks in their order, each with an id of its own', () => {
    const checks = [check({ name: 'a' }), check({ name: 'b' }), check({ name: 'a' })];
    const tests = testsOf({ probe: probeSpec(), checks });
    assert.deepEqual(
      tests.map(({ name }) => name),
      ['Health', 'a', 'b', 'a'],
    );
    assert.equal(new Set(tests.map(({ id }) => id)).size, 4);
    assert.deepEqual(testsOf({ checks: [] }), []);
  });

  it('keeps the ids of checks when another is put before them', () => {
    const ids = (names: readonly string[]): string[] =>
      testsOf({ checks: names.map((name) => check({ name })) }).map(({ id }) => id);
    assert.deepEqual(ids(['new', 'a', 'b']).slice(1), ids(['a', 'b']));
  });

  it('knows where a service stands', () => {
    assert.equal(presenceOf({ kind: 'stopped', cause: { kind: 'never' } }), 'atRest');
    assert.equal(presenceOf({ kind: 'queued', run: 'r', by: 'user', since: 0, waitingFor: [] }), 'coming');
  });
});
