/** Parts of a service that have ended, from what runners write. */
import assert from 'node:assert/strict';
import { OutputTail } from '../../../../src/core/output/outputTail';
import { rawOutput } from './recordings';
import { partEnds, RunnerParts } from '../../../../src/core/output/runnerParts';

const after = (...lines: readonly string[]) => {
  const parts = new RunnerParts();
  for (const line of lines) parts.read(line);
  return parts.ended;
};

describe('core/output/runnerParts', () => {
  for (const { tool, pattern, example } of partEnds) {
    it(`reads ${tool}: ${example.slice(0, 60)}`, () => {
      assert.match(example, pattern);
      assert.equal(after(example).length, 1);
    });
  }

  it('names the part and its exit code', () => {
    assert.deepEqual(after('[api] node api.js exited with code 1'), [{ name: 'api', exitCode: 1 }]);
    assert.deepEqual(after('[api] node api.js exited with code SIGSEGV'), [{ name: 'api' }]);
    assert.deepEqual(after('api#dev:  ERROR  command (/x) npm run dev exited (2)'), [{ name: 'api:dev', exitCode: 2 }]);
  });

  it('leaves out a part that did its job, and one that the runner ended', () => {
    assert.deepEqual(
      after('[build] tsc exited with code 0', '[web] vite exited with code SIGTERM', 'db-1 exited with code 143'),
      [],
    );
  });

  it('finds the parts in recorded outputs of the runners', () => {
    const names = (file: string) => {
      const tail = new OutputTail();
      return after(...tail.append(rawOutput(file))).map(({ name, exitCode }) => `${name} ${exitCode}`);
    };
    assert.deepEqual(names('turbo/dev'), ['api:dev 1']);
    assert.deepEqual(names('concurrently/api-fails'), ['api 1']);
    assert.deepEqual(names('concurrently/numbered'), ['0 2']);
    assert.deepEqual(names('run-p/api-fails'), ['dev:api 1']);
  });

  it('forgets a part that writes again', () => {
    const ended = '[api] node api.js exited with code 1';
    assert.deepEqual(after(ended, '[api] node api.js restarted'), []);
    assert.deepEqual(after(ended, '[web] GET / 200', '[api] '), [{ name: 'api', exitCode: 1 }]);
  });

  it('finds nothing in what a program writes about others', () => {
    assert.deepEqual(after('the worker exited with code 1', 'Failed: 3', '[api] order 12 exited', 'process crashed'), []);
  });
});
