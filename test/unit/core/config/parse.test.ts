import assert from 'node:assert/strict';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { file, keysOf, parse, service } from './marked';

const contract = `// The servers of the shop
{
  "services": {
    "backend": {
      "role": "backend",
      "groups": ["core", "api", "core"],
      "command": "python -m uvicorn main:app --port \${port}",
      "cwd": "backend",
      "env": { "LOG_LEVEL": "debug" },
      "envFile": ".env",
      "port": 8000,
      "url": "http://localhost:8000/docs",
      "health": {
        "http": "/health", "status": [200, 204], "json": { "status": "healthy" }, "headers": { "X-Probe": "1" },
        "interval": "2s", "timeout": 1, "startPeriod": "1m30s", "successThreshold": 2, "failureThreshold": 4,
      },
      "readyLine": "/startup complete/i",
      "checks": [{ "name": "Frame series", "http": "/api/frames/series", "status": 200, "json": {}, "contains": "" }],
      "dependsOn": { "postgres": "started" },
      "setup": [{ "name": "install", "command": "npm install", "unless": "node_modules" }],
      "commands": { "Seed data": "python seed.py" },
      "debug": "Attach to backend",
      "watch": { "paths": ["src/**/*.py"], "ignore": ["*_test.py"], "debounce": "1s" },
      "restart": "on-failure",
      "maxRestarts": 3, "backoff": { "initial": "2s", "max": "20s", "resetAfter": "30s" },
      "stopSignal": "SIGTERM", "stopGracePeriod": "500ms", "stopCommand": "",
      "onPortConflict": "stop",
      "autoStart": true, /* trailing comma */
    },
    "postgres": { "command": ["docker", "compose", "up", "postgres"], "stopCommand": "docker compose stop postgres" },
  },
}`;

const backend: ServiceSpec = {
  id: 'backend',
  key: 'backend',
  folder: '/shop',
  folderName: 'shop',
  role: 'backend',
  groups: ['core', 'api'],
  command: 'python -m uvicorn main:app --port ${port}',
  cwd: 'backend',
  env: { LOG_LEVEL: 'debug' },
  envFiles: ['.env'],
  port: 8000,
  url: 'http://localhost:8000/docs',
  probe: {
    target: { kind: 'http', address: '/health' },
    status: [200, 204],
    json: { status: 'healthy' },
    headers: { 'X-Probe': '1' },
    interval: 2000,
    timeout: 1000,
    startPeriod: 90_000,
    successThreshold: 2,
    failureThreshold: 4,
  },
  readyLine: { kind: 'regex', source: 'startup complete', flags: 'i' },
  checks: [{ name: 'Frame series', http: '/api/frames/series', status: [200], json: {} }],
  dependsOn: [{ id: 'postgres', condition: 'started' }],
  setup: [{ name: 'install', command: 'npm install', unless: 'node_modules' }],
  commands: { 'Seed data': 'python seed.py' },
  debug: 'Attach to backend',
  watch: { paths: ['src/**/*.py'], ignore: ['*_test.py'], debounce: 1000 },
  restart: 'on-failure',
  maxRestarts: 3,
  backoff: { initial: 2000, max: 20_000, resetAfter: 30_000 },
  stopSignal: 'SIGTERM',
  stopGracePeriod: 500,
  onPortConflict: 'stop',
  autoStart: true,
};

const postgres: ServiceSpec = {
  id: 'postgres',
  key: 'postgres',
  folder: '/shop',
  folderName: 'shop',
  role: 'other',
  groups: [],
  command: ['docker', 'compose', 'up', 'postgres'],
  cwd: '',
  env: {},
  envFiles: [],
  checks: [],
  dependsOn: [],
  setup: [],
  commands: {},
  debug: undefined,
  watch: undefined,
  restart: 'no',
  maxRestarts: 5,
  backoff: { initial: 1000, max: 30_000, resetAfter: 60_000 },
  stopSignal: 'SIGINT',
  stopGracePeriod: 10_000,
  stopCommand: 'docker compose stop postgres',
  onPortConflict: 'ask',
  autoStart: false,
};

const probeDefaults = {
  headers: {},
  interval: 5000,
  timeout: 2000,
  startPeriod: 60_000,
  successThreshold: 1,
  failureThreshold: 3,
};

const only = (text: string): ServiceSpec => {
  const { services, problems } = parse(text);
  assert.deepEqual(problems, []);
  assert.equal(services.length, 1);
  return services[0] ?? assert.fail();
};

describe('core/config/parse: valid files', () => {
  it('reads what a dependency is needed for, and whether its restart is followed', () => {
    const written =
      '{ "b": "started", "c": {}, "d": { "condition": "completed" }, "e": { "restart": true }, "f": { "restart": false } }';
    const others = ['b', 'c', 'd', 'e', 'f'].map((key) => `"${key}": { "command": "x" }`).join();
    const { services, problems } = parse(`{ "services": { "a": { "command": "x", "dependsOn": ${written} }, ${others} } }`);
    assert.deepEqual(problems, []);
    assert.deepEqual(services[0]?.dependsOn, [
      { id: 'b', condition: 'started' },
      { id: 'c', condition: 'healthy' },
      { id: 'd', condition: 'completed' },
      { id: 'e', condition: 'healthy', restart: true },
      { id: 'f', condition: 'healthy' },
    ]);
  });

  it('reads patterns of files in both forms', () => {
    const watchOf = (written: string): unknown => only(`{ "services": { "a": { "command": "x", "watch": ${written} } } }`).watch;
    assert.deepEqual(watchOf('["src", "../*.py"]'), { paths: ['src', '../*.py'], ignore: [], debounce: 300 });
    assert.deepEqual(watchOf('{ "paths": ["a"] }'), { paths: ['a'], ignore: [], debounce: 300 });
  });

  it('reads every key of the contract', () => {
    assert.deepEqual(parse(contract), { services: [backend, postgres], broken: [], problems: [] });
  });

  it('adds a TCP probe, and no URL that is not written, when only a port is given', () => {
    const { url, probe, port } = only(service('"command": "x", "port": 3000'));
    assert.equal(port, 3000);
    assert.equal(url, undefined);
    assert.deepEqual(probe, { ...probeDefaults, target: { kind: 'tcp', port: 3000 } });
  });

  it('adds no probe without port and health', () => {
    const spec = only(service('"command": "x"'));
    assert.deepEqual(
      ['probe' in spec, 'url' in spec, 'port' in spec, 'readyLine' in spec, 'stopCommand' in spec],
      Array(5).fill(false),
    );
  });

  it('reads the service of a Compose file, and what starts it', () => {
    const { command, compose, probe, stopSignal } = only(service('"compose": "postgres", "port": 5432, "stopSignal": "SIGKILL"'));
    assert.deepEqual(compose, { service: 'postgres', files: [], profiles: [], build: false });
    assert.deepEqual(command, ['docker', 'compose', 'up', '-d', 'postgres']);
    assert.deepEqual(probe, { ...probeDefaults, failureThreshold: 1, target: { kind: 'container' } });
    assert.equal(stopSignal, 'SIGINT');
    assert.equal(only(service('"compose": "db", "port": 1, "health": "/up"')).probe?.target.kind, 'http');
  });

  it('reads every key of compose', () => {
    const written =
      '{ "service": "db.1", "files": ["a.yaml", "b.yaml"], "profiles": ["dev", "x"], "project": "shop_1", "build": true }';
    const { command, compose } = only(service(`"compose": ${written}`));
    assert.deepEqual(compose, {
      service: 'db.1',
      files: ['a.yaml', 'b.yaml'],
      profiles: ['dev', 'x'],
      project: 'shop_1',
      build: true,
    });
    const options = ['-f', 'a.yaml', '-f', 'b.yaml', '--profile', 'dev', '--profile', 'x', '-p', 'shop_1'];
    assert.deepEqual(command, ['docker', 'compose', ...options, 'up', '-d', '--build', 'db.1']);
  });

  const targets: readonly (readonly [string, ServiceSpec['probe']])[] = [
    ['"/health"', { ...probeDefaults, target: { kind: 'http', address: '/health' } }],
    ['"http://localhost:${port}/health"', { ...probeDefaults, target: { kind: 'http', address: 'http://localhost:1/health' } }],
    ['"https://example.test/up"', { ...probeDefaults, target: { kind: 'http', address: 'https://example.test/up' } }],
    ['"${config:shop.url}/up"', { ...probeDefaults, target: { kind: 'http', address: '${config:shop.url}/up' } }],
    ['{ "tcp": 9000, "interval": 1.5 }', { ...probeDefaults, target: { kind: 'tcp', port: 9000 }, interval: 1500 }],
    ['{ "exec": "pg_isready" }', { ...probeDefaults, target: { kind: 'exec', command: 'pg_isready' } }],
    ['{ "http": "/", "status": 204 }', { ...probeDefaults, target: { kind: 'http', address: '/' }, status: [204] }],
  ];
  for (const [health, probe] of targets) {
    it(`reads "health": ${health}`, () =>
      assert.deepEqual(only(service(`"command": "x", "port": 1, "health": ${health}`)).probe, probe));
  }

  it('reads readyLine as a string or a regular expression', () => {
    const readyLine = (written: string) => only(service(`"command": "x", "readyLine": ${JSON.stringify(written)}`)).readyLine;
    assert.deepEqual(readyLine('Application startup complete'), { kind: 'text', text: 'Application startup complete' });
    assert.deepEqual(readyLine('/api is up'), { kind: 'text', text: '/api is up' });
    assert.deepEqual(readyLine('/ready in \\d+ ms/'), { kind: 'regex', source: 'ready in \\d+ ms', flags: '' });
  });

  it('names steps and checks without a name after their command or address, and reads lists of env files', () => {
    const spec = only(
      service(
        '"command": "x", "port": 1, "envFile": [".env", "b"], "setup": [{ "command": "make" }], "checks": [{ "http": "/up", "maxLatency": "1s" }]',
      ),
    );
    assert.deepEqual(spec.envFiles, ['.env', 'b']);
    assert.deepEqual(spec.setup, [{ name: 'make', command: 'make' }]);
    assert.deepEqual(spec.checks, [{ name: '/up', http: '/up', maxLatency: 1000 }]);
  });

  it('reads a list of dependencies as healthy', () => {
    const { services } = parse('{ "services": { "a": { "command": "x", "dependsOn": ["b", "b"] }, "b": { "command": "x" } } }');
    assert.deepEqual(services[0]?.dependsOn, [{ id: 'b', condition: 'healthy' }]);
  });

  it('ignores a byte order mark and keeps positions', () => {
    const { services, problems } = parse(`\uFEFF${service('"command": "x", "por": 1')}`);
    assert.equal(services.length, 1);
    assert.equal(problems[0]?.range.offset, `\uFEFF${service('"command": "x", ')}`.indexOf('"x", ') + 5);
  });

  describe('in a multi-root workspace', () => {
    const text =
      '{ "services": { "a": { "command": "x", "dependsOn": ["b", "shop/c", "other/d"] }, "b": { "command": "x" }, "c": { "command": "x" } } }';

    it('puts the folder name before every id', () => {
      const { services, problems } = parse(text, { multiRoot: true });
      assert.deepEqual(problems, []);
      assert.deepEqual(
        services.map(({ id }) => id),
        ['shop/a', 'shop/b', 'shop/c'],
      );
      assert.deepEqual(
        services[0]?.dependsOn.map(({ id }) => id),
        ['shop/b', 'shop/c', 'other/d'],
      );
    });

    it('refuses the full id of a service that the file does not have', () => {
      const { problems } = parse(text.replace('shop/c', 'shop/z'), { multiRoot: true });
      assert.deepEqual(
        problems.map(({ code, service: id }) => [code, id]),
        [['unknownDependency', 'shop/a']],
      );
    });

    it('accepts its own folder name in a single-folder workspace, but no other one', () => {
      const { services, problems } = parse(text);
      assert.deepEqual(
        problems.map(({ message }) => message),
        ['Unknown service "other/d" in "dependsOn": add a service with this name, or remove it here.'],
      );
      assert.deepEqual(
        services.map(({ id }) => id),
        ['b', 'c'],
      );
    });
  });

  it('keeps a service whose dependency is broken', () => {
    const parsed = parse('{ "services": { "a": { "command": "x", "dependsOn": ["b"] }, "b": {} } }');
    assert.deepEqual(keysOf(parsed), ['a']);
    assert.deepEqual(parsed.services[0]?.dependsOn, [{ id: 'b', condition: 'healthy' }]);
    assert.deepEqual(parsed.broken, [
      {
        id: 'b',
        key: 'b',
        folder: '/shop',
        folderName: 'shop',
        message: 'The service has no "command" and no "compose": add one of them.',
      },
    ]);
  });

  it('reads 200 services in well under 50 ms', () => {
    const one = (index: number) =>
      `"s${String(index)}": { "role": "backend", "command": "npm start", "cwd": "b", "env": { "A": "b" }, "port": ${String(8000 + index)},
       "health": { "http": "/health", "interval": "5s" }, "checks": [{ "http": "/a" }], "dependsOn": [${index === 0 ? '' : '"s0"'}] }`;
    const text = file(Array.from({ length: 200 }, (_, index) => one(index)).join(','));
    assert.equal(parse(text).services.length, 200);
    // Processor time, because other tests may share the machine.
    const times = Array.from({ length: 10 }, () => {
      const from = process.cpuUsage();
      parse(text);
      return process.cpuUsage(from).user / 1000;
    });
    assert.ok(Math.min(...times) < 50, `${String(Math.min(...times))} ms`);
  });
});
