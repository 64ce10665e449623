import assert from 'node:assert/strict';
import { onlyFiguresDiffer } from '../../../../src/core/lifecycle/figures';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle, ServiceState } from '../../../../src/core/lifecycle/state';
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
});
