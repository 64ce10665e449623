/** Health checks: every kind of probe, thresholds, and no probe while the service is not running. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { about, freePort, server, tell } from './support/server';
import { awaitSnapshot, cleanUp, configure, makeFile, record, removeFile, snapshotOf, unique } from './support/services';
import type { ServiceSnapshot } from './support/services';

describe('health', () => {
  let id: string;
  let port: number;

  beforeEach(async () => {
    id = unique('web');
    port = await freePort();
  });

  afterEach(async () => {
    await cleanUp();
    await removeFile('ready.txt');
  });

  it('follows the responses: healthy, unhealthy with the reason, healthy again', async () => {
    const api = await configure({ [id]: server(port, { health: { http: '/health', interval: '100ms', failureThreshold: 2 } }) });
    const { pid } = await api.start(id);
    await tell(port, '/status', 500);
    const unhealthy = await awaitSnapshot(id, ({ health }) => health === 'unhealthy');
    assert.equal(unhealthy.lifecycle, 'running');
    assert.match(unhealthy.reason ?? '', /^Health check returned HTTP 500 \(expected .*\)\.$/);
    assert.deepEqual([unhealthy.lastProbe?.ok, unhealthy.lastProbe?.status], [false, 500]);
    assert.equal(unhealthy.lastProbe?.error, unhealthy.reason);
    await tell(port, '/status', 200);
    const healthy = await awaitSnapshot(id, ({ health }) => health === 'healthy');
    assert.deepEqual([healthy.reason, healthy.pid, healthy.lastProbe?.status], [undefined, pid, 200]);
  });

  it('changes only after the configured number of failures or successes in a row', async () => {
    const health = { http: '/health', interval: '100ms', failureThreshold: 4, successThreshold: 3 };
    const api = await configure({ [id]: server(port, { health }) });
    await api.start(id);
    assert.ok((await about(port)).probes.health >= 3);
    const { seen, stop } = await record(id);
    await tell(port, '/status', 500);
    await awaitSnapshot(id, (snapshot) => snapshot.health === 'unhealthy');
    const bad = distinctProbes(seen).filter(({ lastProbe }) => lastProbe?.ok === false);
    assert.deepEqual(
      bad.map((snapshot) => snapshot.health),
      ['healthy', 'healthy', 'healthy', 'unhealthy'],
    );
    const before = (await about(port)).probes.health;
    await tell(port, '/status', 200);
    await awaitSnapshot(id, (snapshot) => snapshot.health === 'healthy');
    stop();
    assert.ok((await about(port)).probes.health - before >= 3);
  });

  it('is unhealthy for a running service that does not respond within the start period', async () => {
    const health = { http: '/health', interval: '100ms', startPeriod: '500ms', failureThreshold: 2 };
    const api = await configure({ [id]: server(port, { health, env: { STATUS: '503' } }) });
    const { seen, stop } = await record(id);
    const settled = await api.start(id);
    stop();
    assert.deepEqual([settled.lifecycle, settled.health], ['running', 'unhealthy']);
    assert.match(settled.reason ?? '', /503/);
    const waiting = seen.filter(({ lifecycle }) => lifecycle === 'starting');
    assert.ok(waiting.some(({ health: shown, reason }) => shown === 'unknown' && reason?.includes('503') === true));
  });

  it('shows while starting what the service waits for', async () => {
    const api = await configure({ [id]: server(port, { env: { READY_AFTER: '500' } }) });
    const starting = api.start(id);
    const waiting = await awaitSnapshot(id, ({ lastProbe }) => lastProbe?.ok === false);
    assert.deepEqual([waiting.lifecycle, waiting.health], ['starting', 'unknown']);
    assert.equal(waiting.reason, `Nothing is listening on port ${port} yet.`);
    assert.equal((await starting).health, 'healthy');
  });

  it('is an open port when nothing else is configured', async () => {
    const api = await configure({ [id]: { command: ['node', 'server.js', '${port}'], port } });
    const { health, lastProbe } = await api.start(id);
    assert.equal(health, 'healthy');
    assert.deepEqual([lastProbe?.ok, lastProbe?.status], [true, undefined]);
    assert.equal((await about(port)).probes.health, 0);
  });

  it('is the exit code of a command', async () => {
    await makeFile('ready.txt', '');
    const exec = `node -e "require('fs').accessSync('ready.txt')"`;
    const health = { exec, interval: '100ms', failureThreshold: 1 };
    const api = await configure({ [id]: { command: ['node', 'server.js', '${port}'], port, health } });
    assert.equal((await api.start(id)).health, 'healthy');
    await removeFile('ready.txt');
    const unhealthy = await awaitSnapshot(id, (snapshot) => snapshot.health === 'unhealthy');
    assert.match(unhealthy.reason ?? '', /[Hh]ealth check node -e .* exited with code 1/);
  });

  it('is "none" without a port and a health check, and the reason says what to configure', async () => {
    const api = await configure({ [id]: { command: ['node', 'server.js', String(port)] } });
    const { lifecycle, health, reason, lastProbe } = await api.start(id);
    assert.deepEqual([lifecycle, health, lastProbe], ['running', 'none', undefined]);
    assert.match(reason ?? '', /Add "port" or "health"/);
  });

  it('does not affect a service whose ready line is configured', async () => {
    const command = ['node', 'server.js', String(port)];
    const api = await configure({ [id]: { command, readyLine: '/^Listening on \\d+$/', env: { READY_AFTER: '300' } } });
    const { seen, stop } = await record(id);
    const ready = await api.start(id);
    stop();
    assert.deepEqual([ready.lifecycle, ready.health], ['running', 'none']);
    assert.equal((await about(port)).pid, ready.pid);
    assert.ok(
      seen.some(({ lifecycle, reason }) => lifecycle === 'starting' && reason === 'Waiting for the ready line in its output.'),
    );
  });

  it('is not probed while the service is not running', async () => {
    const [stranger, clock] = [unique('stranger'), unique('clock')];
    const clockPort = await freePort();
    const api = await configure({
      [id]: server(port),
      [stranger]: { command: ['node', 'server.js', String(port)] },
      [clock]: server(clockPort),
    });
    await api.start(id);
    assert.ok((await about(port)).probes.health > 0);
    await api.stop(id);
    // Another server takes the port, so that a continued probe would be counted.
    await api.start(stranger);
    await until('the stranger to answer', () => about(port));
    const { seen, stop } = await record(id);
    await api.start(clock);
    // Meanwhile this service is probed six times, at the same interval.
    await until('six probes', async () => (await about(clockPort)).probes.health >= 6);
    stop();
    assert.equal((await about(port)).probes.health, 0);
    assert.deepEqual(seen, []);
    assert.deepEqual([(await snapshotOf(id)).health, (await snapshotOf(id)).lastProbe], ['none', undefined]);
  });
});

/** Returns the latest snapshot of each probe. */
function distinctProbes(seen: readonly ServiceSnapshot[]): readonly ServiceSnapshot[] {
  return [...new Map(seen.map((snapshot) => [snapshot.lastProbe?.at, snapshot])).values()];
}
