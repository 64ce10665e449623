/** What a test run showed, in the proposal that is written. */
import assert from 'node:assert/strict';
import { observed } from '../../../../src/core/addServices/observed';
import type { ProposedService } from '../../../../src/core/addServices/proposal';
import { parseServices } from '../../../../src/core/config/parse';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { isUnproven, unprovenStatuses } from '../../../../src/core/model/unprovenPath';
import type { TestRunOutcome } from '../../../../src/core/addServices/testRun';

const api: ProposedService = {
  id: 'api',
  config: { command: 'npm start', port: 8000, health: '/healthz', dependsOn: ['db'] },
  evidence: ['"start" in package.json'],
};
const { health: _health, ...withoutPath } = api.config;

/** The entry as services.json has it. */
function specOf(config: ProposedService['config']): ServiceSpec {
  const { services, problems } = parseServices(JSON.stringify({ services: { api: { ...config, dependsOn: [] } } }), {
    folder: '/shop',
    folderName: 'shop',
    multiRoot: false,
  });
  assert.deepEqual(problems, []);
  assert.ok(services[0] !== undefined);
  return services[0];
}

const found = { url: 'http://localhost:8000/', status: 200, latencyMs: 3 };
const refused = { ...found, path: '/healthz', status: 401 };
const after = (outcome: TestRunOutcome | undefined, proposal = api): ProposedService => observed(proposal, outcome);

describe('core/addServices/observed', () => {
  it('takes the ready line of a worker, and none of a service with a health check', () => {
    const worker: ProposedService = { id: 'worker', config: { command: 'work' }, evidence: [] };
    const outcome = { kind: 'staysUp', ms: 4000, readyLine: 'Waiting for jobs' } as const;
    const { config, evidence } = after(outcome, worker);
    assert.deepEqual(config, { command: 'work', readyLine: 'Waiting for jobs' });
    assert.equal(evidence.at(-1), 'Seen in a test run: it wrote its ready line.');
    assert.equal(after({ kind: 'staysUp', ms: 4000 }, worker).config.readyLine, undefined);
    assert.equal(
      after(outcome, { ...worker, config: { command: 'work', health: { exec: 'true' } } }).config.readyLine,
      undefined,
    );
  });

  it('says that a proposal was not tried', () => {
    for (const outcome of [undefined, { kind: 'stopped' }] as const) {
      const { config, evidence } = after(outcome, { ...api, config: withoutPath });
      assert.deepEqual(config, withoutPath);
      assert.deepEqual(evidence, ['"start" in package.json', 'Not tried: inferred from these files.']);
    }
  });

  it('writes a health path without a response so that a wrong one blocks no dependent, and says so', () => {
    const outcomes: readonly (TestRunOutcome | undefined)[] = [
      undefined,
      { kind: 'stopped' },
      { kind: 'failed', why: 'It exited.' },
      { kind: 'notTried', dependency: 'db' },
      { kind: 'listens', ports: [8000] },
    ];
    for (const outcome of outcomes) {
      const { config, evidence } = after(outcome);
      assert.deepEqual(config.health, { http: '/healthz', status: [...unprovenStatuses] }, outcome?.kind);
      assert.equal(evidence.at(-1), 'The health path /healthz was not tried, so HTTP 401, 403 and 404 count as up.');
      const probe = specOf(config).probe;
      assert.ok(probe !== undefined && isUnproven(probe));
    }
  });

  it('leaves a status, a JSON and other targets as they are declared', () => {
    for (const health of [{ http: '/healthz', status: 204 }, { http: '/healthz', json: { ok: true } }, { exec: 'pg_isready' }]) {
      const { config, evidence } = after(undefined, { ...api, config: { ...api.config, health } });
      assert.deepEqual([config.health, evidence.length], [health, 2]);
    }
  });

  it('keeps a path that responded, and says what it responded with', () => {
    const { config, evidence } = after({ kind: 'responds', response: { ...found, path: '/healthz' } });
    assert.deepEqual(config, api.config);
    assert.equal(evidence.at(-1), 'Seen in a test run: /healthz responded with HTTP 200.');
  });

  it('replaces a path that asks for a login by one that responded', () => {
    const { config, evidence } = after({ kind: 'responds', response: { ...found, path: '/health' }, refused });
    assert.equal(config.health, '/health');
    assert.deepEqual(evidence.slice(1), [
      'Seen in a test run: /healthz responded with HTTP 401, so it is not the health check.',
      'Seen in a test run: /health responded with HTTP 200.',
    ]);
  });

  it('keeps the other keys of the health check', () => {
    const health = { http: '/healthz', interval: '1s' };
    const outcome = { kind: 'responds', response: { ...found, path: '/' }, refused } as const;
    assert.deepEqual(after(outcome, { ...api, config: { ...api.config, health } }).config.health, { ...health, http: '/' });
  });

  it('removes the path when none responds, so that nothing waits for it', () => {
    const { config, evidence } = after({ kind: 'responds', response: { ...found, status: 401 }, refused });
    assert.deepEqual(config, { command: 'npm start', port: 8000, dependsOn: ['db'] });
    assert.equal(evidence.length, 2);
  });

  it('corrects the port', () => {
    assert.equal(after({ kind: 'elsewhere', expected: 8000, ports: [8001] }).config.port, 8001);
    assert.equal(after({ kind: 'elsewhere', expected: 8000, ports: [9229, 8001] }).config.port, 8000);
  });

  it('adds a port that was not known, if there is only one', () => {
    const worker: ProposedService = { id: 'worker', config: { command: 'node worker.js' }, evidence: [] };
    assert.equal(after({ kind: 'listens', ports: [7000] }, worker).config.port, 7000);
    assert.equal(after({ kind: 'listens', ports: [7000, 7001] }, worker).config.port, undefined);
    assert.deepEqual(after({ kind: 'listens', ports: [7001, 7000] }, worker).evidence, [
      'Seen in a test run: it listened on 7000 and 7001.',
    ]);
  });

  it('adds a service without which it failed to what it depends on', () => {
    const outcome = { kind: 'listens', ports: [8000], needs: ['cache'] } as const;
    const { config, evidence } = after(outcome);
    assert.deepEqual(config.dependsOn, ['db', 'cache']);
    assert.ok(evidence.includes('Seen in a test run: without cache it failed.'), evidence.join('; '));
    const conditions = { ...api, config: { ...api.config, dependsOn: { db: 'started' as const } } };
    assert.deepEqual(after(outcome, conditions).config.dependsOn, { db: 'started', cache: 'healthy' });
  });

  it('keeps what failed or was not tried as it was found, and says so', () => {
    const proposed = { ...api, config: withoutPath };
    const failed = after({ kind: 'failed', why: 'The Python module stripe is not installed.' }, proposed);
    assert.deepEqual(failed.config, withoutPath);
    assert.equal(failed.evidence.at(-1), 'Failed in a test run: The Python module stripe is not installed.');
    assert.equal(
      after({ kind: 'notTried', dependency: 'db' }, proposed).evidence.at(-1),
      'Not tried, because db did not come up.',
    );
  });
});
