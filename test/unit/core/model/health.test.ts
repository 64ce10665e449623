/** Thresholds, start periods, reloads, and the pauses between probes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { initialHealth, isAnswer, judge, reloading, workerDead } from '../../../../src/core/model/health';
import { nextProbe } from '../../../../src/core/model/probePace';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';
import type { ProbeFailure } from '../../../../src/core/model/failure';
import { probeSpec } from '../../../support/fakes/specs';

const ok = (at: number): ProbeOutcome => ({ ok: true, at, latencyMs: 1 });
const bad = (at: number): ProbeOutcome => ({ ok: false, at, failure: { kind: 'refused', port: 8000 } });

const thresholds = probeSpec({ successThreshold: 2, failureThreshold: 3, startPeriod: 10_000 });

/** The kinds of health after each outcome, one letter an outcome: `+` succeeds, `-` fails. */
function kinds(from: Health, outcomes: string, counting: 'all' | 'successesOnly' = 'all'): readonly string[] {
  let health = from;
  return [...Array(outcomes.length).keys()].map((index) => {
    const outcome = outcomes[index] === '+' ? ok(index) : bad(index);
    health = judge(health, outcome, thresholds, counting);
    return health.kind.slice(0, 3);
  });
}

const delayAfter = (...given: Parameters<typeof nextProbe>): number => nextProbe(...given).delay;

const unknown = initialHealth(thresholds);
const sick = judge(judge(judge(unknown, bad(0), thresholds, 'all'), bad(1), thresholds, 'all'), bad(2), thresholds, 'all');

describe('core/health', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['needs as many successes in a row as configured', kinds(unknown, '+-++'), 'unk unk unk hea'],
    ['needs as many failures in a row as configured', kinds(unknown, '--+---'), 'unk unk unk unk unk unh'],
    ['counts no failure within the start period', kinds(unknown, '-----', 'successesOnly'), 'unk unk unk unk unk'],
    ['stays healthy through single failures', kinds(unknown, '++--+--+'), 'unk hea hea hea hea hea hea hea'],
    ['heals only by successes in a row', kinds(sick, '+-+-++'), 'unh unh unh unh unh hea'],
    [
      'heals from a dead worker only by successes in a row',
      kinds(workerDead(unknown, 'x', 0), '+-+-++'),
      'unh unh unh unh unh hea',
    ],
    ['ends a reload only by successes in a row', kinds(reloading(unknown, 0), '+-+-++'), 'rel rel rel rel rel hea'],
    ['knows nothing where nothing is probed', kinds(initialHealth(undefined), '+-'), 'non non'],
  ];
  for (const [name, seen, expected] of cases) it(name, () => assert.equal(seen.join(' '), expected));

  it('keeps since when it is unhealthy, also when the worker is said to be dead', () => {
    const later = workerDead(judge(sick, bad(50), thresholds, 'all'), 'x', 60);
    assert.equal(later.kind === 'unhealthy' && later.since, 2);
  });

  it('lets a reload take as long as a start, and at most half a minute', () => {
    for (const [startPeriod, limit] of [
      [10_000, 10_000],
      [300_000, 30_000],
    ] as const) {
      const probe = probeSpec({ startPeriod });
      const health = reloading({ kind: 'unknown', streak: { successes: 0, failures: 0 } }, 1000);
      assert.equal(judge(health, bad(1000 + limit - 1), probe, 'all').kind, 'reloading');
      assert.equal(judge(health, bad(1000 + limit), probe, 'all').kind, 'unhealthy');
    }
  });

  it('counts the interval from the beginning of a probe, as Kubernetes does', () => {
    const probe = probeSpec({ interval: 5000 });
    const slow = (latencyMs: number) => judge(unknown, { ok: true, at: 9, latencyMs }, probe, 'all');
    assert.deepEqual(
      [0, 12, 2000, 4995, 60_000].map((latencyMs) => delayAfter(slow(latencyMs), probe, undefined)),
      [5000, 4988, 3000, 10, 10],
    );
  });

  it('asks at least once a second while nothing is known, also where no start is waited for', () => {
    const slow = probeSpec({ interval: 60_000 });
    assert.equal(delayAfter(unknown, slow, undefined), 1000);
  });

  it('asks quickly at first, and never later than the interval', () => {
    const probe = probeSpec({ interval: 5000 });
    const pauses = [0, 1000, 2000, 60_000, 3_600_000].map((waited) => delayAfter(unknown, probe, waited));
    assert.deepEqual(pauses, [10, 10, 20, 600, 1000]);
    assert.equal(delayAfter(judge(sick, bad(9), probe, 'all'), probe, undefined), 1000);
    fc.assert(
      fc.property(fc.nat(), fc.option(fc.nat(), { nil: undefined }), (interval, waited) => {
        const delay = delayAfter(unknown, probeSpec({ interval }), waited);
        assert.ok(delay >= 0 && delay <= interval);
      }),
    );
  });

  it('knows an answer from silence', () => {
    const outcomes: readonly (readonly [ProbeFailure, boolean])[] = [
      [{ kind: 'slow', took: 2200, timeout: 1000 }, true],
      [{ kind: 'httpsExpected' }, true],
      [{ kind: 'httpExpected' }, true],
      [{ kind: 'notHttp' }, true],
      [{ kind: 'badStatus', status: 500, expected: '200–399' }, true],
      [{ kind: 'badBody', detail: '' }, true],
      [{ kind: 'workerDead', line: '' }, false],
      [{ kind: 'refused', port: 8000 }, false],
      [{ kind: 'noAnswer', timeout: 2000 }, false],
      [{ kind: 'reset' }, false],
      [{ kind: 'execFailed', command: '', exitCode: 1, detail: '' }, false],
      [{ kind: 'unknownHost', host: 'x' }, false],
      [{ kind: 'unreachable', detail: '' }, false],
    ];
    for (const [failure, is] of outcomes) assert.equal(isAnswer({ ok: false, at: 0, failure }), is, failure.kind);
    assert.ok(isAnswer(ok(0)));
  });

  it('says no longer that a worker is dead once the server answers, however badly', () => {
    const dead = workerDead(unknown, 'x', 0);
    const after = (failure: ProbeFailure): string | undefined => {
      const health = judge(dead, { ok: false, at: 9, failure }, thresholds, 'all');
      return health.kind === 'unhealthy' && health.since === 0 ? health.last.failure.kind : undefined;
    };
    assert.equal(after({ kind: 'badStatus', status: 500, expected: '200–399' }), 'badStatus');
    assert.equal(after({ kind: 'slow', took: 3000, timeout: 2000 }), 'slow');
    assert.equal(after({ kind: 'noAnswer', timeout: 2000 }), 'workerDead');
    assert.equal(after({ kind: 'reset' }), 'workerDead');
  });

  describe('a port that closes the connections it accepted', () => {
    const tcp = probeSpec({ target: { kind: 'tcp', port: 8000 }, failureThreshold: 3, startPeriod: 0 });
    const reset = (at: number): ProbeOutcome => ({ ok: false, at, failure: { kind: 'reset' } });
    const opened = judge(initialHealth(tcp), ok(10), tcp, 'all');

    it('was not healthy, when the first look after it shows that', () => {
      assert.deepEqual(judge(opened, reset(260), tcp, 'all'), {
        kind: 'unknown',
        streak: { successes: 0, failures: 0 },
        last: reset(260),
      });
    });

    it('was healthy when it had been open twice, or answers over HTTP, or refuses', () => {
      assert.equal(judge(judge(opened, ok(260), tcp, 'all'), reset(500), tcp, 'all').kind, 'healthy');
      assert.equal(judge(opened, bad(260), tcp, 'all').kind, 'healthy');
      const http = probeSpec({ failureThreshold: 3 });
      assert.equal(judge(judge(initialHealth(http), ok(10), http, 'all'), reset(260), http, 'all').kind, 'healthy');
    });
  });
});
