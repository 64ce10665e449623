/** What an outcome, a jump of time or a dead worker leaves as it was. */
import assert from 'node:assert/strict';
import { afterJump, judge, noStreak, workerDead } from '../../../../src/core/model/health';
import { nextProbe } from '../../../../src/core/model/probePace';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';
import { probeSpec } from '../../../support/fakes/specs';

const good = (at: number, latencyMs = 5): ProbeOutcome & { ok: true } => ({ ok: true, at, latencyMs });
const bad = (at: number): ProbeOutcome & { ok: false } => ({ ok: false, at, failure: { kind: 'refused', port: 8000 } });
const streak = { successes: 2, failures: 1 };

describe('core/health keeps', () => {
  it('the moment since when a service is healthy', () => {
    const healthy: Health = { kind: 'healthy', since: 100, streak: { successes: 3, failures: 0 }, last: good(100) };
    const next = judge(healthy, good(200), probeSpec(), 'all');
    assert.deepEqual(next, { kind: 'healthy', since: 100, streak: { successes: 4, failures: 0 }, last: good(200) });
  });

  it('nothing of a reload that took too long but its end', () => {
    const spec = probeSpec({ startPeriod: 1000 });
    const late = judge({ kind: 'reloading', since: 0, streak: noStreak }, bad(1000), spec, 'all');
    assert.deepEqual(late, { kind: 'unhealthy', since: 1000, streak: { successes: 0, failures: 1 }, last: bad(1000) });
  });

  it('what is unhealthy or has no probe as it is when time jumped, and forgets failures of all else', () => {
    const unhealthy: Health = { kind: 'unhealthy', since: 100, streak, last: bad(100) };
    assert.equal(afterJump(unhealthy, 900), unhealthy);
    const none: Health = { kind: 'none' };
    assert.equal(afterJump(none, 900), none);
    const healthy: Health = { kind: 'healthy', since: 100, streak, last: good(100) };
    assert.deepEqual(afterJump(healthy, 900), { ...healthy, streak: { successes: 2, failures: 0 } });
    const reload: Health = { kind: 'reloading', since: 100, streak, last: bad(200) };
    assert.deepEqual(afterJump(reload, 900), { kind: 'reloading', since: 900, streak: noStreak });
  });

  it('the moment since when a service is unhealthy when its worker turns out to be dead', () => {
    const failure = { kind: 'workerDead', line: 'SyntaxError' } as const;
    const last = { ok: false, at: 500, failure } as const;
    const before: Health = { kind: 'unhealthy', since: 100, streak, last: bad(100) };
    const expected = { kind: 'unhealthy', streak: { successes: 0, failures: 1 }, last } as const;
    assert.deepEqual(workerDead(before, 'SyntaxError', 500), { ...expected, since: 100 });
    assert.deepEqual(workerDead({ kind: 'none' }, 'SyntaxError', 500), { ...expected, since: 500 });
  });

  it('the pace of a start during a reload without an outcome', () => {
    const spec = probeSpec({ interval: 5000 });
    const reload = { kind: 'reloading', since: 0, streak: noStreak } as const;
    assert.equal(nextProbe(reload, spec, 3000).delay, 30);
    assert.equal(nextProbe({ ...reload, last: bad(6000) }, spec, 3000).delay, 60);
    assert.equal(nextProbe({ kind: 'none' }, spec, undefined).delay, 5000);
  });
});
