/** What another window sends is taken for a state only when it is one. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPortOwner, isServiceState } from '../../../../src/core/lifecycle/stateShape';
import { anyService } from '../views/arbitrary';

const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('core/stateShape', () => {
  it('takes every state that the types allow, as it arrives', () => {
    fc.assert(fc.property(anyService, ({ state }) => isServiceState(sent(state))));
  });

  it('refuses every state whose lifecycle has lost its kind, its run or its process', () => {
    fc.assert(
      fc.property(anyService, fc.constantFrom('kind', 'run', 'process', 'health', 'failure', 'cause'), ({ state }, key) => {
        const { lifecycle } = state;
        const isOptional =
          (lifecycle.kind === 'stopped' && key === 'run') || (lifecycle.kind === 'stopping' && key === 'process');
        fc.pre(key in lifecycle && !isOptional);
        const cut = Object.fromEntries(Object.entries(lifecycle).filter(([name]) => name !== key));
        return !isServiceState({ ...state, lifecycle: cut });
      }),
    );
  });

  it('refuses anything else', () => {
    const running = { kind: 'running', run: 'r', startedAt: 1, readyAt: 1, terminal: 'attached', health: { kind: 'none' } };
    const restarts = { inARow: 0, total: 0 };
    const process = { pid: 1, born: 'b' };
    assert.ok(isServiceState({ lifecycle: { ...running, process }, restarts }));
    for (const wrong of [
      null,
      [],
      'running',
      { lifecycle: { kind: 'running' }, restarts },
      { lifecycle: { ...running, process: { pid: '1', born: 'b' } }, restarts },
      { lifecycle: { ...running, process, health: { kind: 'healthy' } }, restarts },
      { lifecycle: { ...running, process, health: { kind: 'constructor' } }, restarts },
      { lifecycle: { ...running, process, startedAt: null }, restarts },
      { lifecycle: { ...running, process }, restarts: { ...restarts, latest: { run: 'r', reason: { kind: 'changed' } } } },
      { lifecycle: { kind: 'toString' }, restarts },
      { lifecycle: { ...running, process } },
      {
        lifecycle: { kind: 'failed', run: 'r', at: 1, failure: { kind: 'gaveUp', restarts: 1, last: { kind: 'gaveUp' } } },
        restarts,
      },
    ]) {
      assert.ok(!isServiceState(wrong), JSON.stringify(wrong));
    }
  });

  it('knows the owner of a port', () => {
    const owner = { process: { pid: 1, born: 'b' }, command: 'node', startedAt: 1, origin: { kind: 'leftOver' } };
    assert.ok(isPortOwner(owner));
    assert.ok(!isPortOwner({ ...owner, process: 1 }));
    assert.ok(!isPortOwner({ ...owner, cwd: 1 }));
  });
});
