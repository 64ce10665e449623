/** Test runs of proposals are reported with the names that the services will have, not with those of their terminals. */
import assert from 'node:assert/strict';
import type { Discovery } from '../../../../src/app/addServices/ports';
import { testRunsOf } from '../../../../src/app/addServices/proposalTestRuns';
import type { TestRuns } from '../../../../src/app/addServices/testRuns';
import type { ProposedService } from '../../../../src/core/addServices/proposal';
import type { TestRunOutcome } from '../../../../src/core/addServices/testRun';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { writeServices } from '../../../../src/discovery/write';

const proposal = (id: string): ProposedService => ({ id, config: { command: `node ${id}.js`, port: 8000 }, evidence: [] });

describe('app/addServices/proposalTestRuns', () => {
  it('name services in a failure, in its verdict and in what a service needs as they will be written', async () => {
    const name = (key: string): string => `${key} (test run)`;
    const verdict: Finding = {
      ...{ code: 'dependency-down', severity: 'error', short: 'db is not running', detail: '', evidence: [], actions: [] },
      title: `${name('api')} cannot reach ${name('db')}, which is not running.`,
    };
    const outcome: TestRunOutcome = { kind: 'failed', why: `${name('api')} failed.`, verdict, needs: [name('db')] };
    const testRuns: Pick<TestRuns, 'run' | 'runAll'> = {
      run: () => Promise.resolve(outcome),
      runAll: ({ specs }) => Promise.resolve(new Map(specs.map(({ id }) => [id, outcome]))),
    };
    const discovery = { writeServices } as Discovery;
    const terminals = { show: () => false, close: () => undefined };
    const parts = { discovery, testRuns: testRuns as TestRuns, terminals };
    const tried = testRunsOf([proposal('api'), proposal('db')], { folder: '/shop', folderName: 'shop' }, parts);
    const expected = {
      ...outcome,
      why: 'api failed.',
      verdict: { ...verdict, title: 'api cannot reach db, which is not running.' },
      needs: ['db'],
    };
    const { signal } = new AbortController();
    assert.deepEqual(await tried.run('api', () => undefined, signal), expected);
    const reported = new Map<string, unknown>();
    await tried.runAll(['db'], (id, testRun) => reported.set(id, testRun), signal);
    assert.deepEqual([...reported], [['db', expected]]);
    tried.dispose();
  });
});
