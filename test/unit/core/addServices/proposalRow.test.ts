/** What a row of the Add Services pick shows. */
import assert from 'node:assert/strict';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import type { ProposedService } from '../../../../src/core/addServices/proposal';
import type { TestRun } from '../../../../src/core/addServices/testRun';
import { installAction, proposalRow, testRunSummary } from '../../../../src/core/addServices/proposalRow';

const api: ProposedService = {
  id: 'api',
  config: { command: ['uvicorn', 'main:app', '--port', '${port}'], cwd: 'backend', port: 8000 },
  evidence: ['app = FastAPI() in backend/main.py:12', 'answers on /health'],
};

const detailOf = (testRun: TestRun): string => proposalRow(api, testRun).detail;

const response = { url: 'http://localhost:8000/health', path: '/health', status: 200, latencyMs: 34.6 };

describe('core/addServices/proposalRow', () => {
  it('shows the command with the port filled in, the folder and the evidence', () => {
    assert.deepEqual(proposalRow(api), {
      label: 'api',
      description: 'uvicorn main:app --port 8000 · in backend',
      detail: 'app = FastAPI() in backend/main.py:12; answers on /health',
    });
  });

  it('shows the port when the command does not contain it', () => {
    const { description } = proposalRow({ id: 'web', config: { command: 'npm run dev', port: 5173 }, evidence: [] });
    assert.equal(description, 'npm run dev · port 5173');
    const longer = proposalRow({ id: 'web', config: { command: 'serve 51730', port: 5173 }, evidence: [] });
    assert.equal(longer.description, 'serve 51730 · port 5173');
  });

  it('escapes icons in names, commands, evidence and errors', () => {
    const { label, description, detail } = proposalRow({ id: '$(bug)', config: { command: '$(zap)' }, evidence: ['$(flame)'] });
    assert.doesNotMatch(label + description + detail, /\$\(/);
    assert.doesNotMatch(detailOf({ kind: 'failed', why: '$(flame)' }), /\$\(flame/);
  });

  it('shows the outcome of a test run', () => {
    assert.equal(detailOf({ kind: 'responds', response }), '$(pass) Responds at http://localhost:8000/health (HTTP 200, 35 ms)');
    assert.equal(
      detailOf({ kind: 'responds', response, refused: { ...response, path: '/api/healthz', status: 404 } }),
      '$(pass) Responds at http://localhost:8000/health (HTTP 200, 35 ms); /api/healthz gave HTTP 404',
    );
    assert.equal(detailOf({ kind: 'completes' }), '$(pass) Completed with exit code 0');
    assert.equal(detailOf({ kind: 'notTried', dependency: 'db' }), '$(warning) Not tried: db did not come up');
    assert.equal(detailOf({ kind: 'keptUp', outcome: { kind: 'listens', ports: [5432] } }), '$(pass) Listening on port 5432');
    assert.equal(detailOf({ kind: 'listens', ports: [5432] }), '$(pass) Listening on port 5432');
    assert.equal(detailOf({ kind: 'staysUp', ms: 4000 }), '$(pass) Running; no port opened within 4 s');
    assert.equal(
      detailOf({ kind: 'elsewhere', expected: 8000, ports: [8002, 8001] }),
      '$(warning) Listening on ports 8001 and 8002, not on 8000',
    );
    assert.equal(detailOf({ kind: 'failed', why: 'It exited.' }), '$(error) It exited.');
    assert.equal(detailOf({ kind: 'stopped' }), '$(circle-slash) Test run stopped');
  });

  it('shows the progress of a test run', () => {
    assert.match(detailOf({ kind: 'waiting' }), /^\$\(watch\) Waiting for the previous/);
    assert.equal(detailOf({ kind: 'starting' }), '$(loading~spin) Test run in progress');
    assert.equal(
      detailOf({ kind: 'starting', reason: 'Nothing is listening on port 8000 yet.' }),
      '$(loading~spin) Test run in progress: Nothing is listening on port 8000 yet.',
    );
    assert.match(detailOf({ kind: 'ending' }), /^\$\(loading~spin\) Stopping/);
  });

  const failed = (why: string, changes: object = {}): Extract<TestRun, { kind: 'failed' }> => ({
    kind: 'failed',
    why,
    ...changes,
  });
  const verdict: Finding = {
    code: 'missing-dependency',
    severity: 'error',
    title: 'The Python module uvicorn is not installed.',
    short: "No module 'uvicorn'",
    detail: '',
    evidence: [],
    actions: [
      { title: 'Run pip install uvicorn', command: 'serviceLifecycle.runInTerminal', arguments: ['pip install uvicorn', '/a'] },
    ],
  };

  it('shows the verdict of a failed test run, or its reason without folders', () => {
    const shown = (testRun: TestRun): string => proposalRow({ id: 'a', config: { command: 'x' }, evidence: [] }, testRun).detail;
    assert.equal(shown(failed('Exited with code 1.', { verdict })), '$(error) The Python module uvicorn is not installed.');
    assert.equal(shown(failed('/home/me/.venv/bin/python: No module named uvicorn')), '$(error) python: No module named uvicorn');
  });

  it('offers to install what a failed test run misses, and nothing else', () => {
    assert.equal(installAction(failed('x', { verdict }))?.title, 'Run pip install uvicorn');
    assert.equal(installAction(failed('x', { verdict: { ...verdict, actions: [] } })), undefined);
    assert.equal(installAction(failed('x')), undefined);
    assert.equal(installAction({ kind: 'stopped' }), undefined);
  });

  it('counts the test runs that are over', () => {
    const good: TestRun = { kind: 'listens', ports: [1] };
    assert.equal(testRunSummary([]), undefined);
    assert.equal(testRunSummary([{ kind: 'waiting' }, { kind: 'stopped' }]), undefined);
    assert.equal(testRunSummary([good, good, failed('x'), { kind: 'starting' }]), '2 of 3 respond');
  });
});
