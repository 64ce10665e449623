/** Concurrent requests: however often the user clicks, there is one process or none. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isAlive } from '../support/processes';
import { about, canBind, freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configure, record, terminalWithPid, unique } from './support/services';

describe('concurrent requests', () => {
  let id: string;
  let port: number;

  beforeEach(async () => {
    id = unique('web');
    port = await freePort();
  });

  afterEach(cleanUp);

  it('start one process for two starts at once', async () => {
    const api = await configure({ [id]: server(port) });
    const [first, second] = await Promise.all([api.start(id), api.start(id)]);
    assert.equal(first.health, 'healthy');
    assert.deepEqual([second.pid, second.health], [first.pid, 'healthy']);
    assert.equal(vscode.window.terminals.length, 1);
    assert.equal(vscode.tasks.taskExecutions.length, 1);
  });

  it('settle both stops with a stopped service', async () => {
    const api = await configure({ [id]: server(port) });
    await api.start(id);
    const [first, second] = await Promise.all([api.stop(id), api.stop(id)]);
    assert.deepEqual([first.lifecycle, second.lifecycle], ['stopped', 'stopped']);
    assert.equal((await api.stop(id)).lifecycle, 'stopped');
    assert.equal(await canBind(port), true);
  });

  it('restart a service as another process on the same port', async () => {
    const api = await configure({ [id]: server(port) });
    const before = await api.start(id);
    const after = await api.restart(id);
    assert.equal(after.health, 'healthy');
    assert.ok(before.pid !== undefined && after.pid !== undefined);
    assert.notEqual(after.pid, before.pid);
    assert.equal(isAlive(before.pid), false);
    assert.equal((await about(port)).pid, after.pid);
    assert.equal((await terminalWithPid(after.pid)).exitStatus, undefined);
  });

  it('start a stopped service for a restart', async () => {
    const api = await configure({ [id]: server(port) });
    const started = await api.restart(id);
    assert.equal(started.health, 'healthy');
    assert.equal((await about(port)).pid, started.pid);
  });

  it('leave one process after two restarts at once', async () => {
    const api = await configure({ [id]: server(port) });
    const before = await api.start(id);
    const [first, second] = await Promise.all([api.restart(id), api.restart(id)]);
    assert.deepEqual([first.health, second.health], ['healthy', 'healthy']);
    assert.equal(first.pid, second.pid);
    assert.notEqual(first.pid, before.pid);
    assert.equal(vscode.tasks.taskExecutions.length, 1);
  });

  it('leave nothing after a stop right after the start', async () => {
    const api = await configure({ [id]: server(port) });
    const started = api.start(id);
    const stopped = await api.stop(id);
    assert.equal(stopped.lifecycle, 'stopped');
    assert.equal((await started).lifecycle, 'stopped');
    assert.equal(await canBind(port), true);
  });

  it('end the process for a stop before the first response', async () => {
    const api = await configure({ [id]: server(port, { env: { READY_AFTER: '60000' } }) });
    const started = api.start(id);
    const { pid } = await awaitSnapshot(id, (snapshot) => snapshot.pid !== undefined);
    const stopped = await api.stop(id);
    assert.equal(stopped.lifecycle, 'stopped');
    assert.equal((await started).lifecycle, 'stopped');
    assert.ok(pid !== undefined && !isAlive(pid));
  });

  it('start a service again for a start while it is stopping', async () => {
    const api = await configure({ [id]: server(port) });
    const before = await api.start(id);
    const stopping = api.stop(id);
    const after = await api.start(id);
    await stopping;
    assert.equal(after.health, 'healthy');
    assert.notEqual(after.pid, before.pid);
    assert.equal((await about(port)).pid, after.pid);
  });

  it('show each request immediately, before any work', async () => {
    const api = await configure({ [id]: server(port) });
    const { seen, stop } = await record(id);
    const starting = api.start(id);
    assert.equal(seen.at(-1)?.lifecycle, 'starting');
    await starting;
    const stopping = api.stop(id);
    assert.equal(seen.at(-1)?.lifecycle, 'stopping');
    await stopping;
    stop();
  });
});
