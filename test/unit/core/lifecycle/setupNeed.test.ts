/** When a setup step has to run. */
import assert from 'node:assert/strict';
import { isStale, recipeOf } from '../../../../src/core/lifecycle/setupNeed';

describe('core/setupNeed', () => {
  const cases: readonly (readonly [
    name: string,
    at: number | undefined,
    from: number | undefined,
    done: number | undefined,
    stale: boolean,
  ])[] = [
    ['nothing is there', undefined, 100, undefined, true],
    ['it was there and was removed', undefined, 100, 300, true],
    ['it is there, made from nothing that is known', 100, undefined, undefined, false],
    ['it is newer than what it is made from', 200, 100, undefined, false],
    ['it is as old as what it is made from', 200, 200, undefined, false],
    ['it is older than what it is made from', 100, 200, undefined, true],
    ['it is older, and the step succeeded since', 100, 200, 300, false],
    ['it is older, and what it is made from changed after the step', 100, 400, 300, true],
  ];
  for (const [name, at, from, done, stale] of cases) {
    it(`${name}: ${stale ? 'needed' : 'not needed'}`, () => assert.equal(isStale({ at, from }, done), stale));
  }

  it('knows what packages and environments are made from, and nothing of other paths', () => {
    assert.ok(recipeOf('node_modules')?.manifests.includes('pnpm-lock.yaml'));
    assert.ok(recipeOf('.venv')?.manifests.includes('requirements.txt'));
    assert.deepEqual([recipeOf('data'), recipeOf('.env'), recipeOf('')], [undefined, undefined, undefined]);
  });
});
