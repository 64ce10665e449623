import { strict as assert } from 'node:assert';
import type { DependencyProblem } from '../../../../src/core/model/dependency';
import { explainDependency } from '../../../../src/core/wording/dependencies';

const sentences: readonly (readonly [DependencyProblem, string])[] = [
  [{ kind: 'notConfigured' }, 'it is not configured'],
  [{ kind: 'stopped' }, 'it was stopped'],
  [{ kind: 'failed' }, 'it failed'],
  [{ kind: 'exited' }, 'it ended'],
  [{ kind: 'notCompleted' }, 'it exited, and its exit code is unknown'],
  [{ kind: 'notCompleted', exitCode: 3 }, 'it ended with code 3'],
  [{ kind: 'circle', ids: ['a', 'b', 'a'] }, 'these services wait for one another and could never start: a → b → a'],
];

describe('core/wording/dependencies', () => {
  for (const [problem, why] of sentences) {
    it(`says why a service cannot start: ${why}`, () => {
      assert.equal(explainDependency('db', problem), `Depends on db, which is not available: ${why}.`);
    });
  }
});
