/** What every state of a dependency means for the one that waits. */
import assert from 'node:assert/strict';
import { judgeDependencies, waitingCircle } from '../../../../src/core/lifecycle/startOrder';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Service } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { serviceSpec } from '../../../support/fakes/specs';
import { everyState } from '../views/samples';

const verdict = (lifecycle: Lifecycle, condition: 'started' | 'healthy' | 'completed'): string => {
  const service = { spec: serviceSpec('db'), state: { lifecycle, restarts: noRestarts } };
  return judgeDependencies([{ id: 'db', condition }], () => service).kind;
};

/** By state: what `started`, `healthy` and `completed` make of it. */
const table: Readonly<Record<string, string>> = {
  never: 'failed failed failed',
  queued: 'pending pending pending',
  launching: 'pending pending pending',
  starting: 'met pending pending',
  healthy: 'met met pending',
  noProbe: 'met met pending',
  unknown: 'met pending pending',
  unhealthy: 'met pending pending',
  reloading: 'met pending pending',
  stopping: 'pending pending pending',
  backingOff: 'pending pending pending',
  exited: 'met failed met',
  exitedUnexplained: 'met failed failed',
  crashed: 'failed failed failed',
  gaveUp: 'failed failed failed',
  external: 'met met pending',
  externalUnhealthy: 'met pending pending',
};

describe('core/startOrder', () => {
  for (const [name, expected] of Object.entries(table)) {
    it(`judges ${name}`, () => {
      const lifecycle = everyState[name] ?? assert.fail(name);
      assert.equal((['started', 'healthy', 'completed'] as const).map((each) => verdict(lifecycle, each)).join(' '), expected);
    });
  }

  it('waits for the exit code of what has just ended', () => {
    const exited: Lifecycle = { kind: 'exited', run: 'r', at: 1, exitCode: undefined, awaiting: 'explanation' };
    assert.equal(verdict(exited, 'completed'), 'pending');
    const crashed = everyState['crashed'];
    assert.ok(crashed?.kind === 'failed');
    assert.equal(verdict({ ...crashed, awaiting: 'explanation' }, 'healthy'), 'pending');
    assert.equal(verdict({ ...exited, exitCode: 3 }, 'completed'), 'pending');
  });

  it('lets one that failed speak before those that are waited for', () => {
    const states = new Map([
      ['a', everyState['starting']],
      ['b', everyState['crashed']],
    ]);
    const lookUp = (id: string): Service | undefined => {
      const lifecycle = states.get(id);
      return lifecycle === undefined ? undefined : { spec: serviceSpec(id), state: { lifecycle, restarts: noRestarts } };
    };
    const on = (...ids: string[]) => ids.map((id) => ({ id, condition: 'healthy' as const }));
    assert.deepEqual(judgeDependencies(on('a', 'b'), lookUp), { kind: 'failed', id: 'b', problem: { kind: 'failed' } });
    assert.deepEqual(judgeDependencies(on('a', 'c'), lookUp), { kind: 'failed', id: 'c', problem: { kind: 'notConfigured' } });
    assert.equal(judgeDependencies([], lookUp).kind, 'met');
  });

  it('finds the shortest circle of those that wait, and none through one that does not', () => {
    const graph: Readonly<Record<string, readonly string[]>> = { a: ['x', 'b'], b: ['c'], c: ['b', 'a'], x: ['y'], y: ['x'] };
    const lookUp = (waiting: string) => (id: string) => {
      const lifecycle = everyState[waiting.includes(id) ? 'queued' : 'healthy'] ?? assert.fail();
      const dependsOn = (graph[id] ?? []).map((each) => ({ id: each, condition: 'healthy' as const }));
      return { spec: serviceSpec(id, { dependsOn }), state: { lifecycle, restarts: noRestarts } };
    };
    assert.deepEqual(waitingCircle('a', lookUp('abcxy')), ['a', 'b', 'c', 'a']);
    assert.deepEqual(waitingCircle('x', lookUp('abcxy')), ['x', 'y', 'x']);
    assert.equal(waitingCircle('a', lookUp('acxy')), undefined);
  });
});
