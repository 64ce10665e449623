/** What is shown of the service that another one waits for: the words, and since when. */
import assert from 'node:assert/strict';
import { judgeDependencies } from '../../../../src/core/lifecycle/startOrder';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { dependencyProblemWords, waitingStateWords } from '../../../../src/core/wording/dependencies';
import { serviceSpec } from '../../../support/fakes/specs';
import { everyState } from '../views/samples';

type Condition = 'started' | 'healthy' | 'completed';

function wordsOn(lifecycle: Lifecycle, condition: Condition): string {
  const service = { spec: serviceSpec('db'), state: { lifecycle, restarts: noRestarts } };
  const verdict = judgeDependencies([{ id: 'db', condition }], () => service);
  if (verdict.kind === 'met') return 'met';
  if (verdict.kind === 'failed') return `failed: ${dependencyProblemWords(verdict.problem)}`;
  return verdict.waitingFor.map(({ id, state, since }) => `${id} ${waitingStateWords(state)} since ${since}`).join();
}

const justExited: Lifecycle = { kind: 'exited', run: 'r', at: 77, exitCode: undefined, awaiting: 'explanation' };
const justCrashed: Lifecycle = {
  kind: 'failed',
  run: 'r',
  at: 78,
  failure: { kind: 'crashed', end: { exitCode: undefined }, beforeReady: false },
  awaiting: 'explanation',
};
const states: Readonly<Record<string, Lifecycle>> = {
  ...everyState,
  justExited,
  justCrashed,
  exitedWith3: { kind: 'exited', run: 'r', at: 77, exitCode: 3 },
};

const table: readonly (readonly [string, Condition, string])[] = [
  ['stopped', 'started', 'failed: it was stopped'],
  ['crashed', 'started', 'failed: it failed'],
  ['justCrashed', 'healthy', 'db ending since 78'],
  ['justExited', 'completed', 'db ending since 77'],
  ['queued', 'healthy', 'db waiting since 88000'],
  ['launching', 'started', 'db starting since 99500'],
  ['settingUp', 'started', 'db being set up since 86000'],
  ['stopping', 'started', 'db stopping since 98000'],
  ['backingOff', 'started', 'db waiting to be tried again since 99000'],
  ['exited', 'completed', 'met'],
  ['exited', 'healthy', 'failed: it ended'],
  ['exitedWith3', 'completed', 'failed: it ended with code 3'],
  ['exitedUnexplained', 'completed', 'failed: it exited, and its exit code is unknown'],
];

describe('core/startOrder says', () => {
  for (const [name, condition, expected] of table) {
    it(`"${expected}" of ${name} where ${condition} is needed`, () =>
      assert.equal(wordsOn(states[name] ?? assert.fail(name), condition), expected));
  }

  it('since when a service is ready, or is watched, and how its health is', () => {
    for (const [name, word] of [
      ['unknown', 'unknown'],
      ['unhealthy', 'unhealthy'],
      ['reloading', 'reloading'],
    ] as const) {
      const lifecycle = states[name];
      assert.ok(lifecycle?.kind === 'running');
      assert.equal(wordsOn({ ...lifecycle, startedAt: 1, readyAt: 2 }, 'healthy'), `db ${word} since 2`);
      assert.equal(wordsOn({ ...lifecycle, startedAt: 1, readyAt: 2 }, 'completed'), 'db running since 2');
    }
    const external = states['externalUnhealthy'];
    assert.ok(external?.kind === 'external');
    assert.equal(wordsOn({ ...external, since: 3 }, 'healthy'), 'db unhealthy since 3');
  });
});
