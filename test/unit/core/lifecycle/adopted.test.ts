/** What becomes of a process that an earlier window left, and of one that another program started. */
import assert from 'node:assert/strict';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle, ServiceState } from '../../../../src/core/lifecycle/state';
import { transition } from '../../../../src/core/lifecycle/transition';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { everyState as samples, failed as failedWith, healthy, owner } from '../views/samples';

const everyState: Readonly<Record<string, Lifecycle>> = {
  ...samples,
  cannotStop: failedWith({ kind: 'cannotStop', pids: [4711] }),
};

const process = { pid: 5, born: 'b5' };
const adopted = { kind: 'adopted', run: 'r9', process, startedAt: 40, terminal: 'attached' } as const;

function adopt(name: string, more: { readonly readyAt?: number } = {}, config: Parameters<typeof serviceSpec>[1] = {}) {
  const before = { lifecycle: everyState[name] ?? assert.fail(name), restarts: noRestarts };
  const { state, effects } = transition({ state: before, spec: serviceSpec('web', config) }, { ...adopted, ...more });
  return { lifecycle: state.lifecycle, effects: effects.map(({ kind, run }) => `${kind} ${run}`), changed: state !== before };
}

const withoutProbe = { probe: undefined } as unknown as Parameters<typeof serviceSpec>[1];

describe('core/transition of an adopted process', () => {
  it('releases the run before it, and only when there was another', () => {
    assert.deepEqual(adopt('exited').effects.slice(0, 2), ['release r1', 'follow r9']);
    assert.equal(adopt('never').effects[0], 'follow r9');
    const before = { lifecycle: everyState['exited'] ?? assert.fail(), restarts: noRestarts };
    const again = transition({ state: before, spec: serviceSpec() }, { ...adopted, run: 'r1' });
    assert.equal(again.effects[0]?.kind, 'follow');
  });

  it('changes nothing where a process is, or could not be stopped', () => {
    for (const name of ['healthy', 'launching', 'stopping', 'backingOff', 'cannotStop']) {
      const { effects, changed } = adopt(name);
      assert.deepEqual([effects, changed], [[], false], name);
    }
  });

  it('goes on starting when it was never ready, and is probed where there is a probe', () => {
    const probed = adopt('exited', {}, { probe: probeSpec() });
    assert.deepEqual([probed.lifecycle.kind, probed.effects.at(-1)], ['starting', 'probe r9']);
    const ready = adopt('exited', { readyAt: 50 }, { probe: probeSpec() });
    assert.ok(ready.lifecycle.kind === 'running');
    assert.deepEqual([ready.lifecycle.startedAt, ready.lifecycle.readyAt], [40, 50]);
    const bare = adopt('exited', {}, withoutProbe);
    assert.ok(bare.lifecycle.kind === 'running');
    assert.deepEqual([bare.lifecycle.readyAt, bare.effects], [40, ['release r1', 'follow r9']]);
  });
});

describe('core/transition of an external process', () => {
  const watched = (config: Parameters<typeof serviceSpec>[1]) => {
    const lifecycle: Lifecycle = {
      kind: 'launching',
      run: 'r1',
      by: 'user',
      since: 1,
      phase: { kind: 'blocked', owners: [owner] },
    };
    const before = { state: { lifecycle, restarts: noRestarts }, spec: serviceSpec('web', config) };
    return transition(before, { kind: 'portAnswered', run: 'r1', answer: 'adopt', at: 2 });
  };

  it('is watched, and probed where there is a probe', () => {
    assert.deepEqual(
      watched({ probe: probeSpec() }).effects.map(({ kind }) => kind),
      ['watch', 'probe'],
    );
    assert.deepEqual(
      watched(withoutProbe).effects.map(({ kind }) => kind),
      ['watch'],
    );
  });

  it('forgets failures from before a jump of time', () => {
    const spec = serviceSpec('web', { probe: probeSpec({ failureThreshold: 2 }) });
    const failed = (at: number) =>
      ({ kind: 'probed', run: 'r1', outcome: { ok: false, at, failure: { kind: 'refused', port: 8000 } } }) as const;
    const lifecycle: Lifecycle = { kind: 'external', run: 'r1', process, since: 1, health: healthy };
    let state: ServiceState = { lifecycle, restarts: noRestarts };
    for (const event of [failed(1), { kind: 'timeJumped', run: 'r1', at: 2 } as const, failed(3)])
      state = transition({ state, spec }, event).state;
    assert.ok(state.lifecycle.kind === 'external' && state.lifecycle.health.kind !== 'unhealthy');
    state = transition({ state, spec }, failed(4)).state;
    assert.ok(state.lifecycle.kind === 'external' && state.lifecycle.health.kind === 'unhealthy');
  });
});
