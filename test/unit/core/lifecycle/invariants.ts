/** What holds for every step of the reducer, whatever came before it. */
import assert from 'node:assert/strict';
import type { Effect } from '../../../../src/core/lifecycle/effects';
import type { ServiceEvent } from '../../../../src/core/lifecycle/events';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { isServiceState } from '../../../../src/core/lifecycle/stateShape';
import type { ServiceState } from '../../../../src/core/lifecycle/state';

export interface CheckedStep {
  readonly before: ServiceState;
  readonly event: ServiceEvent;
  readonly state: ServiceState;
  readonly effects: readonly Effect[];
  readonly spec: ServiceSpec;
}

export function checkStep(step: CheckedStep): void {
  checkOldRuns(step);
  checkEffects(step);
  checkConsent(step);
  checkRestarts(step);
  checkUserStop(step);
  checkShape(step);
}

const requests = new Set(['startRequested', 'stopRequested', 'restartRequested', 'filesChanged', 'consentRequested', 'adopted']);

/** Events of an old run change nothing. */
function checkOldRuns({ before, event, state, effects }: CheckedStep): void {
  if (requests.has(event.kind) || ('run' in event && event.run === before.lifecycle.run)) return;
  assert.equal(state, before, `${event.kind} of an old run changed the state`);
  assert.deepEqual(effects, []);
}

/** The present run alone is acted upon; the one before it is only let go. */
function checkEffects({ before, state, effects }: CheckedStep): void {
  const { lifecycle } = state;
  for (const effect of effects) {
    if (effect.run !== lifecycle.run) {
      assert.equal(effect.run, before.lifecycle.run, `${effect.kind} for a run that is neither the old one nor the new one`);
      assert.ok(effect.kind === 'release' || effect.kind === 'sweep', `${effect.kind} for an old run`);
    }
    if (effect.kind === 'probe')
      assert.ok(['starting', 'running', 'external'].includes(lifecycle.kind), 'a probe of what is not');
    if (effect.kind === 'launch') assert.equal(lifecycle.kind, 'launching');
    if (effect.kind === 'after' || effect.kind === 'probe') assert.ok(effect.delay >= 0 && Number.isFinite(effect.delay));
  }
  const released = effects.some(({ kind, run }) => kind === 'release' && run === lifecycle.run);
  if (released) assert.ok(['stopped', 'exited', 'failed'].includes(lifecycle.kind), `released while ${lifecycle.kind}`);
}

/** Without an answer of the user only what is left over is ended, and VS Code's own processes never are. */
function checkConsent({ event, effects, spec }: CheckedStep): void {
  for (const effect of effects) {
    if (effect.kind !== 'freePort' && effect.kind !== 'askAboutPort') continue;
    const kinds = effect.owners.map(({ origin }) => origin.kind);
    assert.ok(kinds.length > 0, `${effect.kind} without owners`);
    assert.ok(!kinds.includes('editor'), `${effect.kind} names a process of VS Code`);
    if (effect.kind === 'askAboutPort' || event.kind === 'portAnswered') continue;
    assert.deepEqual([...new Set(kinds)], ['leftOver'], 'freed without consent');
    assert.equal(spec.onPortConflict, 'stop', 'freed although nothing is to be ended unasked');
  }
}

function checkRestarts({ before, state, spec }: CheckedStep): void {
  const { inARow, total } = state.restarts;
  assert.ok(inARow <= spec.maxRestarts, `${inARow} restarts in a row, ${spec.maxRestarts} allowed`);
  assert.ok(total >= inARow && total >= before.restarts.total);
  if (state.lifecycle.kind !== 'backingOff') return;
  const { since, until } = state.lifecycle;
  const { initial, max } = spec.backoff;
  assert.ok(until - since >= Math.floor(0.8 * Math.min(initial, max)), `backs off for only ${until - since} ms`);
  assert.ok(until - since <= Math.ceil(1.2 * max), `backs off for ${until - since} ms`);
  assert.ok(spec.restart !== 'no', 'backs off although it shall not be restarted');
}

/** Whatever comes to be known of a service that is being stopped, or was, it did not crash. */
function checkUserStop({ before, state }: CheckedStep): void {
  if (before.lifecycle.kind !== 'stopping' && before.lifecycle.kind !== 'stopped') return;
  const { lifecycle } = state;
  assert.notEqual(lifecycle.kind, 'backingOff');
  assert.notEqual(lifecycle.kind, 'exited');
  if (lifecycle.kind !== 'failed') return;
  const { failure } = lifecycle;
  const isUnconfirmed = failure.kind === 'launch' && failure.failure.kind === 'unconfirmed';
  assert.ok(isUnconfirmed || ['cannotStop', 'portStillHeld'].includes(failure.kind), failure.kind);
}

/** Another window takes the state as it is sent to it. */
function checkShape({ state }: CheckedStep): void {
  assert.deepEqual(structuredClone(state), state);
  assert.ok(isServiceState(JSON.parse(JSON.stringify(state))), `another window refuses ${JSON.stringify(state)}`);
}
