/** A running service: its process, its port, its task and its terminal. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createPortTable } from '../../src/os/portTable/index';
import { until } from '../support/poll';
import { about, freePort, server } from './support/server';
import { cleanUp, configure, executionOf, record, snapshotOf, terminalWithPid, theApi, unique } from './support/services';
import type { ServiceSnapshot } from './support/services';

describe('a running service', () => {
  const id = unique('web');
  let port: number;
  let started: ServiceSnapshot;
  let history: readonly ServiceSnapshot[];
  let began: number;

  before(async () => {
    port = await freePort();
    const api = await configure({ [id]: server(port) });
    began = Date.now();
    const { seen, stop } = await record(id);
    started = await api.start(id);
    history = [...seen];
    stop();
  });

  after(cleanUp);

  it('is healthy when start() settles, with pid, port and last probe', () => {
    assert.equal(started.lifecycle, 'running');
    assert.equal(started.health, 'healthy');
    assert.equal(started.port, port);
    assert.equal(started.url, `http://localhost:${port}/`);
    assert.equal(started.reason, undefined);
    assert.equal(started.restarts, 0);
    assert.ok(started.pid !== undefined && started.pid > 0);
    assert.ok(started.startedAt !== undefined && started.startedAt >= began && started.startedAt <= Date.now());
    assert.deepEqual([started.lastProbe?.ok, started.lastProbe?.status, started.lastProbe?.error], [true, 200, undefined]);
    assert.ok((started.lastProbe?.latencyMs ?? -1) >= 0);
    assert.ok((started.lastProbe?.at ?? 0) >= started.startedAt);
  });

  it('has what its processes use, after the first sample', async () => {
    const { memory } = await until(
      'a sample',
      async () => {
        const { memory: read } = await snapshotOf(id);
        return read !== undefined && { memory: read };
      },
      60_000,
    );
    assert.ok(memory > 5_000_000 && memory < 1_000_000_000, `${memory} bytes`);
  });

  it('was reported as starting, with its reason, before it was running', () => {
    assert.equal(history[0]?.lifecycle, 'starting');
    assert.ok(history[0].reason);
    assert.deepEqual(
      history.filter(({ lifecycle }) => lifecycle !== 'starting' && lifecycle !== 'running'),
      [],
    );
  });

  it('is represented by the process that listens on its port', async () => {
    const listeners = await createPortTable().listeners(port);
    assert.ok(listeners.kind === 'known', JSON.stringify(listeners));
    const pids = listeners.value.flatMap((listener) => listener.pids);
    assert.deepEqual([...new Set(pids)], [started.pid]);
    assert.equal((await about(port)).pid, started.pid);
  });

  it('is a background task of type service with its id', () => {
    const task = executionOf(id)?.task;
    assert.ok(task, 'its task runs');
    assert.equal(task.definition.type, 'service');
    assert.equal(task.definition['service'], id);
    assert.equal(task.isBackground, true);
    assert.equal(task.scope, vscode.workspace.workspaceFolders?.[0]);
  });

  it('has its own terminal with its process', async () => {
    const terminal = await terminalWithPid(started.pid);
    assert.equal(vscode.window.terminals.length, 1);
    assert.match(terminal.name, new RegExp(id));
    assert.equal(terminal.exitStatus, undefined);
  });

  it('keeps running when another terminal is typed into and closed', async () => {
    const other = vscode.window.createTerminal('another');
    await until('a shell', async () => (await other.processId) !== undefined);
    other.sendText('\u0003', false);
    other.dispose();
    await until('the other terminal to be closed', () => !vscode.window.terminals.includes(other));
    assert.equal((await about(port)).pid, started.pid);
    assert.equal((await snapshotOf(id)).pid, started.pid);
  });

  it('is shown by showTerminal', async () => {
    await vscode.commands.executeCommand('serviceLifecycle.showTerminal', id);
    const terminal = await terminalWithPid(started.pid);
    await until('its terminal to be active', () => vscode.window.activeTerminal === terminal);
  });

  it('stays the same process when it is started again', async () => {
    const again = await (await theApi()).start(id);
    assert.equal(again.pid, started.pid);
    assert.equal(again.lifecycle, 'running');
    assert.equal(vscode.window.terminals.length, 1);
  });
});

describe('several services', () => {
  afterEach(cleanUp);

  it('run in their own terminals, and one restarts without the other', async () => {
    const [first, second] = [unique('api'), unique('web')];
    const [firstPort, secondPort] = [await freePort(), await freePort()];
    const api = await configure({ [first]: server(firstPort), [second]: server(secondPort) });
    const [one, two] = await Promise.all([api.start(first), api.start(second)]);
    assert.deepEqual([one.health, two.health], ['healthy', 'healthy']);
    assert.notEqual(await terminalWithPid(one.pid), await terminalWithPid(two.pid));
    const restarted = await api.restart(first);
    assert.notEqual(restarted.pid, one.pid);
    assert.equal((await about(secondPort)).pid, two.pid);
    assert.equal((await snapshotOf(second)).pid, two.pid);
    assert.equal((await snapshotOf(second)).health, 'healthy');
  });

  it('are restarted by their role', async () => {
    const [back, front] = [unique('back'), unique('front')];
    const [backPort, frontPort] = [await freePort(), await freePort()];
    const api = await configure({
      [back]: server(backPort, { role: 'backend' }),
      [front]: server(frontPort, { role: 'frontend' }),
    });
    const [backend, frontend] = await Promise.all([api.start(back), api.start(front)]);
    await vscode.commands.executeCommand('serviceLifecycle.restartBackend');
    await until('another backend', async () => {
      const { pid, health } = await snapshotOf(back);
      return health === 'healthy' && pid !== backend.pid;
    });
    assert.equal((await snapshotOf(front)).pid, frontend.pid);
  });
});
