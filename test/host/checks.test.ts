/** Checks through the API, the command and the Test Explorer: of running, stopped and external services. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configUri, configure, snapshotOf, theApi, unique, writeConfig } from './support/services';

/** The tests of services.json in the Test Explorer: the controller, its services and their tests. */
async function testsShown(): Promise<string[]> {
  const paths = await vscode.commands.executeCommand<string[][]>('vscode.testing.getTestsInFile', configUri());
  return paths.filter(([controller]) => controller === 'serviceLifecycle.checks').map((path) => path.slice(1).join(' > '));
}

describe('checks', () => {
  let elsewhere: Server;
  let asked: string[];
  let port: number;

  beforeEach(async () => {
    asked = [];
    elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (request.url === '/late') setTimeout(() => response.end('late'), 150);
      else if (request.url === '/json') response.end('{"status":"degraded"}');
      else response.writeHead(request.url === '/fine' ? 200 : 404).end('fine');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    port = (elsewhere.address() as AddressInfo).port;
  });

  afterEach(async () => {
    await cleanUp();
    elsewhere.closeAllConnections();
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  it('of a running service start with its health, followed by the others in the order of the file', async () => {
    const id = unique('web');
    const checks = [
      { name: 'About', http: '/about', status: 200, json: { args: [] } },
      { name: 'Missing', http: 'http://localhost:${port}/missing', status: 200 },
    ];
    const api = await configure({ [id]: server(await freePort(), { checks }) });
    await api.start(id);
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
    const results = await api.runChecks(id);
    assert.ok(results.every(({ latencyMs }) => latencyMs !== undefined && latencyMs > 0));
    assert.deepEqual(
      results.map(({ latencyMs: _latency, ...result }) => result),
      [
        { name: 'Health', ok: true, status: 200 },
        { name: 'About', ok: true, status: 200 },
        { name: 'Missing', ok: false, status: 404, message: 'Expected status 200, got 404.' },
      ],
    );
  });

  it('of a stopped service report that nothing is listening, and do not start it', async () => {
    const id = unique('web');
    const closed = await freePort();
    const api = await configure({ [id]: server(closed, { checks: [{ name: 'About', http: '/about' }] }) });
    const results = await api.runChecks(id);
    assert.deepEqual(
      results.map(({ ok, message }) => ({ ok, message })),
      Array.from({ length: 2 }, () => ({ ok: false, message: `Nothing is listening on port ${closed}. Start ${id}.` })),
    );
    assert.equal((await snapshotOf(id)).lifecycle, 'stopped');
  });

  it('of an external service test the process on its port', async () => {
    const id = unique('api');
    const checks = [
      { http: '/fine', contains: 'fine' },
      { name: 'JSON', http: '/json', json: { status: 'healthy' } },
      { name: 'Fast', http: '/late', maxLatency: '50ms' },
    ];
    const api = await configure({ [id]: { command: 'node api.js', port, checks } });
    const results = await api.runChecks(id);
    assert.deepEqual(
      results.map(({ name, ok }) => `${name} ${String(ok)}`),
      ['Health true', '/fine true', 'JSON false', 'Fast false'],
    );
    assert.equal(results[2]?.message, 'Unexpected JSON: status is "degraded", expected "healthy".');
    assert.match(results[3]?.message ?? '', /^The response took \d+ ms \(expected at most 50 ms\)\.$/);
    assert.equal(asked.filter((path) => path === '/late').length, 2, 'what was late beside others is measured again alone');
  });

  it('reject for an unknown id, and are empty for a service without port and checks', async () => {
    const id = unique('job');
    const api = await configure({ [id]: { command: 'node job.js' } });
    assert.deepEqual(await api.runChecks(id), []);
    await assert.rejects((await theApi()).runChecks('nobody'), /There is no service "nobody"/);
  });

  it('are tests at their lines, updated with the file', async () => {
    const [first, job, second] = [unique('first'), unique('job'), unique('second')];
    const service = { command: 'node api.js', port, checks: [{ name: 'Fine', http: '/fine' }] };
    await configure({
      [first]: service,
      [job]: { command: 'node job.js' },
      [second]: { command: 'x', checks: [{ http: 'http://localhost:1/' }] },
    });
    const one = [first, `${first} > health`, `${first} > check 1 Fine`];
    const two = [second, `${second} > check 1 http://localhost:1/`];
    await until('the tests', async () => (await testsShown()).sort().join() === [...one, ...two].sort().join());
    await writeConfig('{ "services": { ');
    await until('the mistake is told', () => vscode.languages.getDiagnostics(configUri()).length > 0);
    assert.deepEqual((await testsShown()).sort(), [...one, ...two].sort(), 'a missing bracket takes nothing away');
    await configure({
      [first]: { ...service, checks: [] },
      [second]: { command: 'x', checks: [{ http: 'http://localhost:1/' }] },
    });
    await until('the tests that are left', async () => (await testsShown()).sort().join() === [...two].sort().join());
  });

  it('are run by the command with the id of a service, and by the Test Explorer', async () => {
    const id = unique('api');
    const checks = [{ http: '/fine' }, { http: '/json' }];
    await configure({ [id]: { command: 'node api.js', port, health: '/healthy', checks } });
    const all = ['/fine', '/healthy', '/json'];
    await vscode.commands.executeCommand('serviceLifecycle.runChecks', id);
    assert.deepEqual([...asked].sort(), all);
    asked = [];
    await until('the tests', async () => (await testsShown()).length === 4);
    await vscode.commands.executeCommand('testing.runAll');
    await until('all are asked', () => [...asked].sort().join() === all.join());
    assert.equal((await snapshotOf(id)).lifecycle, 'stopped');
  });
});
