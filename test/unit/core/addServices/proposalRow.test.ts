/** What the pick of found servers shows of each. */
import assert from 'node:assert/strict';
import type { ProposedService } from '../../../../src/core/addServices/proposal';
import type { Trial } from '../../../../src/core/addServices/trial';
import { proposalRow } from '../../../../src/core/addServices/proposalRow';

const api: ProposedService = {
  id: 'api',
  config: { command: ['uvicorn', 'main:app', '--port', '${port}'], cwd: 'backend', port: 8000 },
  evidence: ['app = FastAPI() in backend/main.py:12', 'answers on /health'],
};

const tried = (trial: Trial): string => proposalRow(api, trial).detail;

describe('the row of a found server', () => {
  it('shows its command with the port filled in, its folder and the evidence', () => {
    assert.deepEqual(proposalRow(api), {
      label: 'api',
      description: 'uvicorn main:app --port 8000 · in backend',
      detail: 'app = FastAPI() in backend/main.py:12; answers on /health',
    });
  });

  it('names the port that the command does not tell', () => {
    const { description } = proposalRow({ id: 'web', config: { command: 'npm run dev', port: 5173 }, evidence: [] });
    assert.equal(description, 'npm run dev · port 5173');
    const longer = proposalRow({ id: 'web', config: { command: 'serve 51730', port: 5173 }, evidence: [] });
    assert.equal(longer.description, 'serve 51730 · port 5173');
  });

  it('draws no icon that the files of a project name', () => {
    const { label, description, detail } = proposalRow({ id: '$(bug)', config: { command: '$(zap)' }, evidence: ['$(flame)'] });
    assert.doesNotMatch(label + description + detail, /\$\(/);
    assert.doesNotMatch(tried({ kind: 'failed', why: '$(flame)' }), /\$\(flame/);
  });

  it('tells what came of a try', () => {
    assert.equal(
      tried({ kind: 'answers', url: 'http://localhost:8000/', status: 200, latencyMs: 34.6 }),
      '$(pass) Answers on http://localhost:8000/ (200, 35 ms)',
    );
    assert.equal(tried({ kind: 'listens', ports: [5432] }), '$(pass) Listens on port 5432');
    assert.equal(tried({ kind: 'lives', ms: 4000 }), '$(pass) Runs, and opened no port within 4 s');
    assert.equal(
      tried({ kind: 'elsewhere', expected: 8000, ports: [8002, 8001] }),
      '$(warning) Listens on port 8001, 8002 instead of port 8000: correct "port" once it is added',
    );
    assert.equal(tried({ kind: 'failed', why: 'It exited.' }), '$(error) It exited.');
    assert.equal(tried({ kind: 'stopped' }), '$(circle-slash) The try was stopped');
  });

  it('tells how far a try is', () => {
    assert.match(tried({ kind: 'waiting' }), /^\$\(watch\) Waiting/);
    assert.equal(tried({ kind: 'starting' }), '$(loading~spin) Trying…');
    assert.equal(
      tried({ kind: 'starting', reason: 'Nothing listens on port 8000 yet.' }),
      '$(loading~spin) Trying… Nothing listens on port 8000 yet.',
    );
    assert.match(tried({ kind: 'ending' }), /^\$\(loading~spin\) Stopping/);
  });
});
