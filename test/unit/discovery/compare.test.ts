/** Proposals next to an existing services.json. */
import assert from 'node:assert/strict';
import { exchanged } from '../../../src/core/addServices/proposal';
import type { ProposedService } from '../../../src/core/addServices/proposal';
import { compare } from '../../../src/discovery/compare';
import { writeServices } from '../../../src/discovery/write';

const api: ProposedService = {
  id: 'api',
  config: { role: 'backend', command: ['uvicorn', 'main:app', '--port', '${port}'], cwd: 'api', port: 8000 },
  evidence: [],
};
const web: ProposedService = {
  id: 'web',
  config: { command: 'npm run dev', cwd: 'web', port: 5173, dependsOn: ['api'] },
  evidence: [],
};
const worker: ProposedService = { id: 'worker', config: { command: 'celery worker', cwd: 'jobs' }, evidence: [] };

const file = (services: object): string => JSON.stringify({ services });
const present = (text: string | undefined, ...proposals: ProposedService[]) =>
  compare(text, proposals).map(({ proposal, presentAs }) => [proposal.id, presentAs]);

describe('discovery/compare', () => {
  it('returns all proposals as new when the file is absent, empty or not an object', () => {
    for (const text of [undefined, '', '[]', '{ "services": 1 }', '{']) {
      assert.deepEqual(present(text, api, web), [
        ['api', undefined],
        ['web', undefined],
      ]);
    }
  });

  it('recognizes a service that runs as its alternative, whose dependencies have the names in the file as well', () => {
    const container = { command: 'docker compose up web', dependsOn: ['api'] };
    const both: ProposedService = { ...web, alternative: { config: container, evidence: [], runsIn: 'container' } };
    assert.deepEqual(present(file({ frontend: container }), both), [['web', 'frontend']]);
    const [, found] = compare(file({ backend: { ...api.config } }), [api, both]);
    assert.deepEqual(found?.proposal.alternative?.config.dependsOn, ['backend']);
    const other = exchanged(both);
    assert.deepEqual([other.config, other.alternative?.config, other.alternative?.runsIn], [container, web.config, 'source']);
    assert.deepEqual(exchanged(other), both);
    assert.equal(exchanged(api), api);
  });

  it('recognizes a service of Compose that a command starts, in the same files', () => {
    const cache: ProposedService = { id: 'cache', config: { role: 'database', compose: 'cache' }, evidence: [] };
    const compose = { service: 'cache', files: ['docker-compose.dev.yml'] };
    const other: ProposedService = { id: 'cache', config: { role: 'database', compose }, evidence: [] };
    const before = file({ redis: { command: 'docker compose up cache', stopCommand: 'docker compose stop cache' } });
    assert.deepEqual(present(before, cache), [['cache', 'redis']]);
    assert.deepEqual(present(before, other), [['cache', undefined]]);
    assert.deepEqual(present(file({ redis: { compose } }), other), [['cache', 'redis']]);
  });

  it('recognizes the services that were written from the proposals', () => {
    const written = writeServices(undefined, [api, web, worker]);
    assert.ok(written.ok);
    assert.deepEqual(
      present(written.text, api, web, worker).map(([, as]) => as),
      ['api', 'web', 'worker'],
    );
  });

  it('recognizes a service by its port, even with another command or folder', () => {
    assert.deepEqual(present(file({ server: { command: 'cd api && uvicorn main:app', port: 8000 } }), api), [['api', 'server']]);
  });

  it('recognizes a service without a port by its command and folder', () => {
    assert.deepEqual(present(file({ jobs: { command: ['celery', 'worker'], cwd: './jobs/' } }), worker), [['worker', 'jobs']]);
    assert.deepEqual(present(file({ jobs: { command: 'celery worker' } }), worker), [['worker', undefined]]);
  });

  it('renames a proposal whose name is taken, and the dependencies on it', () => {
    const [first, second] = compare(file({ api: { command: 'go run .', port: 9000 } }), [api, web]);
    assert.equal(first?.proposal.id, 'api-2');
    assert.deepEqual(second?.proposal.config.dependsOn, ['api-2']);
  });

  it('never gives a name that another proposal has, or got', () => {
    const other = (id: string, port: number): ProposedService => ({ ...worker, id, config: { ...worker.config, port } });
    const text = file({ api: { command: 'go run .', port: 9000 } });
    const ids = compare(text, [api, other('api', 1), other('api-2', 2)]).map(({ proposal }) => proposal.id);
    assert.equal(new Set(ids).size, 3, String(ids));
  });

  it('uses the existing name of a service in dependencies', () => {
    const [, second] = compare(file({ server: { command: 'x', port: 8000 } }), [
      api,
      { ...web, config: { ...web.config, dependsOn: { api: 'healthy' } } },
    ]);
    assert.deepEqual(second?.proposal.config.dependsOn, { server: 'healthy' });
  });
});
