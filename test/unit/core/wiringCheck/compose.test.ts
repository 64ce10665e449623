import assert from 'node:assert/strict';
import { probeSpec } from '../../../support/fakes/specs';
import { backend, database, fixed, frontend, wiringService, expectNothing, titles, reported } from './shop';
import type { Shop } from './shop';

const services = [backend, frontend, database];
const compose = (ports: string, more = ''): Record<string, string> => ({
  'compose.yaml': `services:\n  db:\n    image: postgres:16\n    ports:\n${ports}${more}`,
});

describe('wiring check: ports of Compose', () => {
  const wrong: Shop = { services, files: compose('      - "127.0.0.1:5433:5432" # not the usual one\n') };

  it('reports a service whose port is not published, and offers to change either file', () => {
    assert.deepEqual(reported(wrong), [
      'compose-port /shop/compose.yaml: 5433: db is expected on port 5432, but Compose publishes db: 5433.',
    ]);
    assert.deepEqual(titles(wrong), ['Set the port of db to 5433 in services.json', 'Publish port 5432']);
    assert.equal(fixed(wrong, 'Set the port of db to 5433 in services.json'), 'db: 5433');
    assert.match(fixed(wrong, 'Publish port 5432'), /"127\.0\.0\.1:5432:5432" # not/);
  });

  it('finds the port in files with other line breaks and service names', () => {
    const text = 'services:\r\n  cache:\r\n    ports:\r\n      - 6380:6379\r\n  db:\r\n    ports:\r\n      - 15432:5432\r\n';
    assert.match(
      reported({ services, files: { 'docker-compose.yml': text } }).join(),
      /docker-compose\.yml: 15432: db is expected/,
    );
  });

  it('reports nothing when the port is published, also by the override file', () => {
    expectNothing({ services, files: compose('      - "5432:5432"\n') });
    expectNothing({
      services,
      files: { ...wrong.files, 'compose.override.yaml': 'services:\n  db:\n    ports:\n      - "5432:5432"\n' },
    });
  });
  it('reports nothing when a process is listening, or the service is healthy', () => {
    expectNothing({ ...wrong, open: [5432] });
    expectNothing({ ...wrong, open: 'unknown' });
    expectNothing({ ...wrong, services: [backend, frontend, { ...database, isHealthy: true }] });
  });
  it('reports nothing for ports that cannot be read', () => {
    expectNothing({ services, files: compose('      - "${DB_PORT:-5433}:5432"\n') });
    expectNothing({ services, files: compose('      - "5433-5440:5432-5439"\n') });
    expectNothing({ services, files: compose('      - "5433:5432"\n', '    network_mode: host\n') });
    expectNothing({ services, files: compose('      - "5433:5432"\n', 'include:\n  - other.yaml\n') });
    expectNothing({ services, files: compose('      - target: 5432\n        published: 5433\n') });
  });
  it('reports nothing for other files, other commands and other containers', () => {
    const run = (command: string) => [backend, frontend, wiringService('db', { role: 'database', cwd: '', port: 5432, command })];
    expectNothing({ ...wrong, services: run('docker compose -f other.yaml up db') });
    expectNothing({ ...wrong, services: run('docker compose --file other.yaml up db') });
    expectNothing({ ...wrong, services: run('npm run db') });
    expectNothing({ ...wrong, services: run('docker compose up cache') });
    expectNothing({
      ...wrong,
      services: [backend, frontend, wiringService('db', { ...database.spec, env: { COMPOSE_FILE: 'x.yaml' } })],
    });
    expectNothing({ services, files: { 'compose.prod.yaml': wrong.files['compose.yaml'] ?? '' } });
  });
  it('reports nothing when several published ports may be meant', () => {
    const port = { port: 9999, command: 'docker compose up' };
    expectNothing({
      services: [wiringService('infra', { cwd: '', ...port })],
      files: compose('      - "5433:5432"\n      - "6380:6379"\n'),
    });
  });
});

describe('wiring check: addresses and Compose', () => {
  const published = [
    backend,
    frontend,
    wiringService('db', { ...database.spec, port: 5433, probe: probeSpec({ target: { kind: 'tcp', port: 5433 } }) }),
  ];
  const files = { ...compose('      - "5433:5432"\n'), 'backend/.env': 'DATABASE_URL=postgresql://localhost:5432/shop\n' };

  it('reports an address with the port inside the container', () => {
    assert.deepEqual(reported({ services: published, files }), [
      'compose-port /shop/backend/.env: 5432: DATABASE_URL points to port 5432, but Compose publishes db on port 5433.',
    ]);
    assert.match(fixed({ services: published, files }, 'Use the published port 5433 of db'), /localhost:5433\/shop/);
  });
  it('reports it without a service when the container is running', () =>
    assert.equal(reported({ files, open: [5433] }).length, 1));
  it('reports nothing while no service and no process uses the published port', () => expectNothing({ files }));
  it('reports nothing when a process is listening, or the address is right', () => {
    expectNothing({ services: published, files, open: [5432] });
    expectNothing({ services: published, files: { ...files, 'backend/.env': 'DATABASE_URL=postgresql://localhost:5433/shop' } });
  });
  it('reports nothing when two containers may be meant', () =>
    expectNothing({
      services: published,
      files: { ...files, ...compose('      - "5433:5432"\n', '  test:\n    ports:\n      - "5434:5432"\n') },
    }));
});
