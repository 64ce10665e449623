import assert from 'node:assert/strict';
import { probeSpec } from '../../../support/fakes/specs';
import { backend, database, fixed, frontend, party, silent, titles, told } from './shop';
import type { Shop } from './shop';

const services = [backend, frontend, database];
const compose = (ports: string, more = ''): Record<string, string> => ({
  'compose.yaml': `services:\n  db:\n    image: postgres:16\n    ports:\n${ports}${more}`,
});

describe('wiring check: ports of Compose', () => {
  const wrong: Shop = { services, files: compose('      - "127.0.0.1:5433:5432" # not the usual one\n') };

  it('tells when a service is expected where nothing is published, and mends it in either file', () => {
    assert.deepEqual(told(wrong), [
      'compose-port /shop/compose.yaml: 5433: db is expected on port 5432, but Compose publishes db: 5433.',
    ]);
    assert.deepEqual(titles(wrong), ['Set the port of db to 5433 in services.json', 'Publish port 5432']);
    assert.equal(fixed(wrong, 'Set the port of db to 5433 in services.json'), 'db: 5433');
    assert.match(fixed(wrong, 'Publish port 5432'), /"127\.0\.0\.1:5432:5432" # not/);
  });

  it('finds the place with other line breaks and names', () => {
    const text = 'services:\r\n  cache:\r\n    ports:\r\n      - 6380:6379\r\n  db:\r\n    ports:\r\n      - 15432:5432\r\n';
    assert.match(told({ services, files: { 'docker-compose.yml': text } }).join(), /docker-compose\.yml: 15432: db is expected/);
  });

  it('is silent when the port is published, also by the file that overrides', () => {
    silent({ services, files: compose('      - "5432:5432"\n') });
    silent({
      services,
      files: { ...wrong.files, 'compose.override.yaml': 'services:\n  db:\n    ports:\n      - "5432:5432"\n' },
    });
  });
  it('is silent when somebody listens there, or the service is well', () => {
    silent({ ...wrong, open: [5432] });
    silent({ ...wrong, open: 'unknown' });
    silent({ ...wrong, services: [backend, frontend, { ...database, isHealthy: true }] });
  });
  it('is silent about what cannot be read', () => {
    silent({ services, files: compose('      - "${DB_PORT:-5433}:5432"\n') });
    silent({ services, files: compose('      - "5433-5440:5432-5439"\n') });
    silent({ services, files: compose('      - "5433:5432"\n', '    network_mode: host\n') });
    silent({ services, files: compose('      - "5433:5432"\n', 'include:\n  - other.yaml\n') });
    silent({ services, files: compose('      - target: 5432\n        published: 5433\n') });
  });
  it('is silent about other files, other commands and other containers', () => {
    const run = (command: string) => [backend, frontend, party('db', { role: 'database', cwd: '', port: 5432, command })];
    silent({ ...wrong, services: run('docker compose -f other.yaml up db') });
    silent({ ...wrong, services: run('docker compose --file other.yaml up db') });
    silent({ ...wrong, services: run('npm run db') });
    silent({ ...wrong, services: run('docker compose up cache') });
    silent({ ...wrong, services: [backend, frontend, party('db', { ...database.spec, env: { COMPOSE_FILE: 'x.yaml' } })] });
    silent({ services, files: { 'compose.prod.yaml': wrong.files['compose.yaml'] ?? '' } });
  });
  it('is silent when it is not clear which port is meant', () => {
    const port = { port: 9999, command: 'docker compose up' };
    silent({ services: [party('infra', { cwd: '', ...port })], files: compose('      - "5433:5432"\n      - "6380:6379"\n') });
  });
});

describe('wiring check: addresses and Compose', () => {
  const published = [
    backend,
    frontend,
    party('db', { ...database.spec, port: 5433, probe: probeSpec({ target: { kind: 'tcp', port: 5433 } }) }),
  ];
  const files = { ...compose('      - "5433:5432"\n'), 'backend/.env': 'DATABASE_URL=postgresql://localhost:5432/shop\n' };

  it('tells of an address that names the port inside the container', () => {
    assert.deepEqual(told({ services: published, files }), [
      'compose-port /shop/backend/.env: 5432: DATABASE_URL asks port 5432, but Compose publishes db on port 5433.',
    ]);
    assert.match(fixed({ services: published, files }, 'Use port 5433, where db is published'), /localhost:5433\/shop/);
  });
  it('tells it without a service when the container is up', () => assert.equal(told({ files, open: [5433] }).length, 1));
  it('is silent while nobody has to do with the published port', () => silent({ files }));
  it('is silent when somebody listens, or the address is right', () => {
    silent({ services: published, files, open: [5432] });
    silent({ services: published, files: { ...files, 'backend/.env': 'DATABASE_URL=postgresql://localhost:5433/shop' } });
  });
  it('is silent when two containers can be meant', () =>
    silent({
      services: published,
      files: { ...files, ...compose('      - "5433:5432"\n', '  test:\n    ports:\n      - "5434:5432"\n') },
    }));
});
