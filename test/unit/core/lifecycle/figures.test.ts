import assert from 'node:assert/strict';
import { onlyFiguresDiffer } from '../../../../src/core/lifecycle/figures';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle, ServiceState } from '../../../../src/core/lifecycle/state';
import { noStreak } from '../../../../src/core/model/health';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';

type Running = Extract<Lifecycle, { kind: 'running' }>;

const outcome: ProbeOutcome & { ok: true } = { ok: true, at: 1000, latencyMs: 3, status: 200 };
const health: Health = { kind: 'healthy', since: 1000, streak: { successes: 1, failures: 0 }, last: outcome };
const running: Running = {
  ...{ kind: 'running', run: 'r1', process: { pid: 1, born: 'b' }, startedAt: 0, readyAt: 10, terminal: 'attached', health },
};
const state = (lifecycle: Lifecycle): ServiceState => ({ lifecycle, restarts: noRestarts });
const responded = (last: ProbeOutcome, more: Partial<Extract<Health, { kind: 'healthy' }>> = {}): ServiceState =>
  state({ ...running, health: { ...health, streak: { successes: 2, failures: 0 }, ...more, last } });

describe('onlyFiguresDiffer', () => {
  const later = { ...outcome, at: 6000, latencyMs: 9 };

  it('is so for the next response of a healthy service', () => {
    assert.equal(onlyFiguresDiffer(state(running), responded(later)), true);
  });

  const others: readonly (readonly [string, ServiceState])[] = [
    ['a failure', responded({ ok: false, at: 6000, failure: { kind: 'refused' } } as ProbeOutcome)],
    ['another status', responded({ ...later, status: 204 })],
    ['no status', responded({ ok: true, at: 6000, latencyMs: 9 })],
    ['a port of its container', responded({ ...later, published: 8000 })],
    ['failures before', responded(later, { streak: { successes: 0, failures: 1 } })],
    ['healthy since another time', responded(later, { since: 2000 })],
    ['another run', state({ ...running, run: 'r2' })],
    ['a question', state({ ...running, question: 'Port?' })],
    ['a lost terminal', state({ ...running, terminal: 'lost' })],
    ['what is reloading', state({ ...running, health: { kind: 'reloading', since: 6000, streak: health.streak } })],
    ['what has stopped', state({ kind: 'stopped', cause: { kind: 'initial' } } as unknown as Lifecycle)],
    ['another number of restarts', { ...responded(later), restarts: { inARow: 1, total: 1 } }],
  ];
  for (const [what, now] of others) {
    it(`is not so for ${what}, in either direction`, () => {
      assert.equal(onlyFiguresDiffer(state(running), now), false);
      assert.equal(onlyFiguresDiffer(now, state(running)), false);
    });
  }

  describe('of a service that has not responded yet', () => {
    const refused: ProbeOutcome & { ok: false } = { ok: false, at: 1000, latencyMs: 1, failure: { kind: 'refused', port: 8000 } };
    const starting = (last: ProbeOutcome | undefined, more: Partial<Extract<Health, { kind: 'unknown' }>> = {}): ServiceState =>
      state({
        ...{ kind: 'starting', run: 'r1', process: running.process, since: 0, terminal: 'attached' },
        health: { kind: 'unknown', streak: noStreak, ...(last && { last }), ...more },
      });

    it('is so for the same failure again', () => {
      const again = { ...refused, at: 1020, latencyMs: 2, failure: { ...refused.failure } };
      assert.equal(onlyFiguresDiffer(starting(refused), starting(again)), true);
    });

    const next = { ...refused, at: 1020 };
    const news: readonly (readonly [string, ServiceState])[] = [
      ['the first failure', starting(undefined)],
      ['another failure', starting({ ...next, failure: { kind: 'noAnswer', timeout: 500 } })],
      ['another port', starting({ ...next, failure: { kind: 'refused', port: 8001 } })],
      ['a port of its container', starting({ ...next, published: 8000 })],
      ['a failure that counts', starting(next, { streak: { successes: 0, failures: 1 } })],
      ['a response', starting({ ok: true, at: 1020, latencyMs: 2 })],
      ['a reload', starting(next, { kind: 'reloading', since: 1010 } as unknown as Extract<Health, { kind: 'unknown' }>)],
      ['a running service', responded(outcome)],
    ];
    for (const [what, now] of news) {
      it(`is not so for ${what}, in either direction`, () => {
        assert.equal(onlyFiguresDiffer(starting(refused), now), false);
        assert.equal(onlyFiguresDiffer(now, starting(refused)), false);
      });
    }
  });
});
