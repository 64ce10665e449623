/** Which lines a diagnosis reads: only those of the phase that explains the present state, and no more than the error that ended it. */
import assert from 'node:assert/strict';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { ailing, closed, crashedWith } from './sample';

const traceback = (frame: string): readonly string[] => [
  'Traceback (most recent call last):',
  '  File "/shop/main.py", line 5, in handler',
  `    ${frame}`,
  "KeyError: 'DATABASE'",
];

const database = { ports: new Map([[5432, closed]]) };

describe('phases of the output in a diagnosis', () => {
  it('do not let a refused connection from before the service was healthy explain its end', () => {
    const lines = ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'connected', 'listening on 8000', 'TypeError: x is undefined'];
    assert.equal(findingsOf(crashedWith(lines, { ...database, linesBeforeHealthy: 3 }))[0]?.code, 'crashed');
    assert.equal(findingsOf(crashedWith(lines.slice(0, 1), database))[0]?.code, 'dependency-down');
  });

  it('do not let an earlier error explain an end that has an error of its own', () => {
    const lines = ['Error: connect ECONNREFUSED 127.0.0.1:5432', 'trying again', 'TypeError: x is undefined'];
    assert.equal(findingsOf(crashedWith(lines, database))[0]?.code, 'crashed');
  });

  it('find signatures behind the prefix of a runner', () => {
    const lines = ["[api] ModuleNotFoundError: No module named 'fastapi'", '[api] python exited with code 1'];
    assert.equal(findingsOf(crashedWith(lines))[0]?.code, 'missing-dependency');
  });

  it('take a KeyError for a variable only where the environment is read', () => {
    assert.equal(findingsOf(crashedWith(traceback('return os.environ["DATABASE"]')))[0]?.code, 'missing-env');
    assert.equal(findingsOf(crashedWith(traceback('return config["DATABASE"]')))[0]?.code, 'crashed');
  });

  it('leave a status of 500 to the status, when a handler misses a key', () => {
    const failure = { kind: 'badStatus', status: 500, expected: '200-399' } as const;
    const lines = { kind: 'known', value: traceback('return config["DATABASE"]') } as const;
    assert.equal(findingsOf(ailing(failure, { output: lines }))[0]?.code, 'bad-status');
  });

  it('quote no wrapper, no spinner and no minified source as evidence', () => {
    const lines = [
      'config.yml is not readable',
      `var a=${'1,'.repeat(400)}0`,
      'npm error Lifecycle script `dev` failed with error:',
      '⠙',
    ];
    assert.deepEqual(findingsOf(crashedWith(lines))[0]?.evidence, ['Exit code: 1', 'Output: config.yml is not readable']);
  });
});
