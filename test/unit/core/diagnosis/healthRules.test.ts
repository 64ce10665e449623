/** Rules about health, each at the near-miss that its guard exists for, beside a case that is a finding. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';
import { known, unavailable } from '../../../../src/core/model/process';
import type { ProbeSpec, ServiceSpec } from '../../../../src/core/model/service';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { good, healthy, running, starting, unknown } from '../views/samples';
import { gone, noAnswer, port, refused } from './caseParts';
import { ailing, facts, failing, listener, owner, probe, row, unhealthyBy } from './sample';

const codesOf = (given: Facts): readonly string[] => findingsOf(given).map(({ code }) => code);
const found = (given: Facts, code: string): Finding => {
  const finding = findingsOf(given).find((each) => each.code === code);
  assert.ok(finding, `${code} is missing among ${codesOf(given).join()}`);
  return finding;
};
const titlesOf = ({ actions }: Finding): readonly string[] => actions.map(({ title }) => title);

const own = (outcome: ProbeOutcome, timeout = 2800): Pick<Facts, 'probes'> => ({
  probes: { own: known({ outcome, timeout }), addresses: [] },
});
const late = (latencyMs: number): ProbeOutcome => ({ ok: true, at: 99_000, latencyMs });
const timeout = (ms: number): Partial<ServiceSpec> => ({ probe: { ...probe, timeout: ms } });
const answering = (outcome: ProbeOutcome): Pick<Facts, 'probes'> => ({
  probes: {
    own: known({ outcome: failing(noAnswer), timeout: 2800 }),
    addresses: [{ address: '127.0.0.1', scheme: 'http', outcome: known(outcome) }],
  },
});
/** Runs since then, and was never ready. */
function startedAt(began: number): Lifecycle {
  const lifecycle = running(unknown);
  assert.ok(lifecycle.kind === 'running');
  return { ...lifecycle, startedAt: began };
}
const state = (health: Health, kind: 'running' | 'starting' = 'running'): Pick<Facts, 'state'> => ({
  state: { lifecycle: kind === 'running' ? running(health) : starting(health), restarts: noRestarts },
});

describe('rules about health', () => {
  describe('hung', () => {
    const silent = (changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
      facts({ ...own(failing(noAnswer)), ...changes }, config);

    it('needs the patience that is configured', () => {
      assert.ok(!codesOf(silent({}, timeout(2801))).includes('hung'));
      assert.ok(codesOf(silent({}, timeout(2800))).includes('hung'));
    });

    it('counts what the health check has waited already', () => {
      const before = { lifecycle: unhealthyBy({ kind: 'noAnswer', timeout: 5000 }), restarts: noRestarts };
      assert.match(found(silent({ state: before }, timeout(5000)), 'hung').title, /within 5 s/);
      const other = { lifecycle: unhealthyBy(refused), restarts: noRestarts };
      assert.ok(!codesOf(silent({ state: other }, timeout(5000))).includes('hung'));
      const unasked = { own: unavailable('late'), addresses: [] };
      assert.match(found(silent({ state: before, probes: unasked }), 'hung').title, /within 5 s/);
      assert.ok(!codesOf(silent({ state: other, probes: unasked })).includes('hung'));
    });

    it('is not one that answers elsewhere, even badly, but one that refuses there', () => {
      for (const answer of [
        good,
        failing({ kind: 'badStatus', status: 500, expected: '' }),
        failing({ kind: 'badBody', detail: '' }),
      ]) {
        assert.ok(!codesOf(facts(answering(answer))).includes('hung'));
      }
      assert.ok(codesOf(facts(answering(failing(refused)))).includes('hung'));
    });

    it('is not one whose last answer was late, nor one that reloads', () => {
      const slowly = { lifecycle: unhealthyBy({ kind: 'slow', took: 4000, timeout: 2000 }), restarts: noRestarts };
      assert.deepEqual(codesOf(silent({ state: slowly })), ['slow']);
      assert.ok(
        !codesOf(silent(state({ kind: 'reloading', since: 99_000, streak: { successes: 0, failures: 0 } }))).includes('hung'),
      );
      assert.ok(!codesOf(silent(state({ kind: 'none' }))).includes('hung'));
    });

    it('names one idle client, and no crowd of them', () => {
      const held = (...amounts: readonly number[]): Finding =>
        found(
          silent({
            clients: known(new Map(amounts.map((amount, index) => [70 + index, amount]))),
            processes: known([row(70, { command: '/usr/lib/chromium/chromium --type=utility' })]),
          }),
          'hung',
        );
      assert.match(held(1).detail, /the open connection of chromium \(pid 70\) blocks it/);
      assert.ok(held(1).evidence.includes('Open connection from chromium (pid 70)'));
      assert.ok(held(2).evidence.includes('2 open connections from chromium (pid 70)'));
      assert.match(held(6).detail, /blocks it/);
      for (const many of [held(7), held(1, 1), held()]) assert.match(many.detail, /a call that never returns/);
      assert.deepEqual(
        held(1, 2, 3, 4)
          .evidence.filter((line) => line.includes('from'))
          .map((line) => line.replace(/ .*/, '')),
        ['4', '3', '2'],
      );
    });
  });

  describe('slow', () => {
    it('is a second, and no less', () => {
      assert.deepEqual(codesOf(facts(own(late(999)))), []);
      assert.deepEqual(codesOf(facts(own(late(1000)))), ['slow']);
    });

    it('names the timeout where the answer came after it, and not before', () => {
      const inTime = found(facts(own(late(2000)), timeout(2000)), 'slow');
      assert.doesNotMatch(inTime.title, /waits/);
      assert.deepEqual(titlesOf(inTime), ['Show Terminal']);
      const tooLate = found(facts(own(late(2001)), timeout(2000)), 'slow');
      assert.match(tooLate.title, /only after 2 s: its health check waits no longer than 2 s/);
      assert.deepEqual(titlesOf(tooLate), ['Set Timeout to 5 s', 'Open Configuration', 'Show Terminal']);
    });

    it('is what the health check has measured, only while nothing else is seen', () => {
      const slowly = { lifecycle: unhealthyBy({ kind: 'slow', took: 4000, timeout: 2000 }), restarts: noRestarts };
      assert.match(found(facts({ state: slowly, ...own(failing(noAnswer)) }), 'slow').title, /only after 4 s/);
      assert.ok(!codesOf(facts({ state: slowly, ...own(failing(refused)) })).includes('slow'));
      assert.ok(!codesOf(facts({ state: slowly, ...own(late(5)) })).includes('slow'));
    });

    it('is no finding of a service that starts, unless its health check cannot see the answer', () => {
      assert.deepEqual(codesOf(facts({ ...state(unknown, 'starting'), ...own(late(1500)) })), []);
      assert.deepEqual(codesOf(facts({ ...state(unknown, 'starting'), ...own(late(2500)) })), ['slow']);
    });
  });

  describe('inside the start period', () => {
    const cases: readonly (readonly [string, ProbeFailure, Partial<Facts>])[] = [
      ['hung', noAnswer, {}],
      ['bad-status', { kind: 'badStatus', status: 503, expected: '200–399' }, {}],
      ['bad-body', { kind: 'badBody', detail: '' }, {}],
      ['probe-failed', { kind: 'reset' }, {}],
      ['not-listening', refused, gone],
    ];
    const started = (began: number, failure: ProbeFailure, changes: Partial<Facts>): Facts =>
      facts(
        {
          ...own(failing(failure)),
          ...changes,
          at: 100_000,
          state: { lifecycle: startedAt(began), restarts: noRestarts },
        },
        { probe: { ...probe, startPeriod: 60_000 } },
      );

    for (const [code, failure, changes] of cases) {
      it(`${code} is no alarm and offers no restart; afterwards it is and may`, () => {
        const during = found(started(40_001, failure, changes), code);
        assert.equal(during.severity, 'info');
        assert.ok(!titlesOf(during).includes('Restart'));
        assert.equal(found(started(40_000, failure, changes), code).severity, 'error');
      });
    }

    it('counts again from a jump of time, and not for one that was ready or belongs to another program', () => {
      const jumped = started(0, noAnswer, {});
      const { lifecycle } = jumped.state;
      assert.ok(lifecycle.kind === 'running');
      const again = { ...jumped, state: { ...jumped.state, lifecycle: { ...lifecycle, graceSince: 90_000 } } };
      assert.equal(found(again, 'hung').severity, 'info');
      assert.equal(found(jumped, 'hung').severity, 'error');
      const ready = started(90_000, noAnswer, {});
      assert.equal(found({ ...ready, ...state(healthy) }, 'hung').severity, 'error');
      const { run, process } = lifecycle;
      const external = { kind: 'external', run, process, since: 90_000, health: unknown } as const;
      assert.equal(found({ ...ready, state: { lifecycle: external, restarts: noRestarts } }, 'hung').severity, 'error');
    });

    it('changes no alarm about what a start does not mend, but its restart', () => {
      const stopped = found(
        { ...started(90_000, noAnswer, {}), members: known([row(4711, { state: 'stopped' })]) },
        'stopped-process',
      );
      assert.equal(stopped.severity, 'error');
      assert.ok(!titlesOf(stopped).includes('Restart'));
    });
  });

  describe('a status that is not accepted', () => {
    const status = (code: number, why?: 'host' | 'webSocket', changes: Partial<ProbeSpec> = {}): Finding =>
      found(
        ailing(
          { kind: 'badStatus', status: code, expected: '200–399', ...(why === undefined ? {} : { why }) },
          {},
          {
            probe: { ...probe, ...changes },
          },
        ),
        why === 'host' ? 'host-not-allowed' : 'bad-status',
      );

    it('has the action first that fits it', () => {
      const firsts = [404, 401, 403, 302, 400, 500, 503].map((code) => titlesOf(status(code))[0]);
      assert.deepEqual(firsts, [
        'Open Configuration',
        'Accept Status 401',
        'Accept Status 403',
        'Open Configuration',
        'Open Configuration',
        'Show Terminal',
        'Show Terminal',
      ]);
      assert.deepEqual(
        [404, 401, 302, 400].filter((code) => titlesOf(status(code)).includes('Restart')),
        [],
      );
      assert.ok(titlesOf(status(500)).includes('Restart'));
    });

    it('accepts another status beside those that are accepted', () => {
      const change = status(401).actions[0]?.arguments?.[1];
      assert.deepEqual(change, [{ path: ['health'], value: { http: '/health', status: [200, 401] } }]);
      const more = status(401, undefined, { status: [204, 401], json: {}, headers: { a: 'b' }, interval: 1000 });
      assert.deepEqual(more.actions[0]?.arguments?.[1], [
        { path: ['health'], value: { http: '/health', status: [204, 401], json: {}, headers: { a: 'b' }, interval: '1s' } },
      ]);
    });

    it('names the host that was asked for', () => {
      const asked = (changes: Partial<ProbeSpec>): string =>
        /asks for (\S+)\. Allow/.exec(status(400, 'host', changes).detail)?.[1] ?? '';
      assert.equal(asked({}), 'localhost');
      assert.equal(asked({ target: { kind: 'http', address: 'http://shop.test:8000/health' } }), 'shop.test');
      assert.equal(asked({ target: { kind: 'http', address: 'http://[::1]:8000/' } }), '[::1]');
      assert.equal(asked({ headers: { host: 'api.test:8000' } }), 'api.test');
    });

    it('offers a TCP probe to a WebSocket server whose port is known', () => {
      assert.deepEqual(status(426, 'webSocket').actions[0]?.arguments?.[1], [{ path: ['health'], value: { tcp: 8000 } }]);
      const given = ailing({ kind: 'badStatus', status: 426, expected: '', why: 'webSocket' });
      const { port: _port, ...spec } = given.spec;
      assert.equal(titlesOf(found({ ...given, spec }, 'bad-status'))[0], 'Open Configuration');
    });
  });

  it('TLS: each of the three protocols has its own finding, and a closed connection none of them', () => {
    const of = (failure: ProbeFailure): readonly string[] => codesOf(ailing(failure));
    assert.deepEqual(of({ kind: 'httpsExpected' }), ['https-expected']);
    assert.deepEqual(of({ kind: 'httpExpected' }), ['http-expected']);
    assert.deepEqual(of({ kind: 'notHttp' }), ['not-http']);
    assert.deepEqual(of({ kind: 'reset' }), ['probe-failed']);
    assert.match(found(ailing({ kind: 'reset' }), 'probe-failed').detail, /a proxy/);
    assert.doesNotMatch(found(ailing({ kind: 'unknownHost', host: 'x' }), 'probe-failed').detail, /a proxy/);
  });

  it('wrong-family: both families, or a name that may be either, are no finding', () => {
    const six = listener({ address: '::1', family: 6 });
    const four = { probe: { ...probe, target: { kind: 'http', address: 'http://127.0.0.1:8000/' } } } as const;
    const on = (...listeners: readonly ReturnType<typeof listener>[]): Partial<Facts> => port(listeners, [owner(4711)]);
    assert.ok(codesOf(ailing(refused, on(six), four)).includes('wrong-family'));
    for (const near of [
      ailing(refused, on(six, listener({ socket: '2' })), four),
      ailing(refused, on(listener({ address: '::', family: 6 })), four),
      ailing(refused, on(listener({ address: '::ffff:127.0.0.1', family: 6 })), four),
      ailing(refused, on(six), { probe: { ...probe, target: { kind: 'http', address: 'http://localhost:8000/' } } }),
      ailing(refused, on(six), { probe: { ...probe, target: { kind: 'http', address: 'http://127.0.0.1:9000/' } } }),
      facts(on(six), four),
    ]) {
      assert.ok(!codesOf(near).includes('wrong-family'));
    }
  });
});
