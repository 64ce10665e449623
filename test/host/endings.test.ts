/** Unexpected ends of services are noticed immediately, and their causes are distinguished. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { itOn, posix } from '../support/systems';
import { canBind, freePort, server, tell } from './support/server';
import { awaitSnapshot, cleanUp, configure, record, snapshotOf, terminalWithPid, unique } from './support/services';

/** Returns a one-line Node program that ends a moment after its start. */
const program = (script: string): string[] => ['node', '-e', `setTimeout(() => { ${script} }, 300)`];

describe('an unexpected end of a service', () => {
  afterEach(cleanUp);

  it('is an exit when the service has no health check and exits with code 0', async () => {
    const id = unique('job');
    const api = await configure({ [id]: { command: program('console.log("done")') } });
    assert.equal((await api.start(id)).lifecycle, 'running');
    const exited = await awaitSnapshot(id, ({ exitCode }) => exitCode !== undefined);
    assert.deepEqual([exited.lifecycle, exited.exitCode, exited.pid], ['exited', 0, undefined]);
    assert.equal(exited.reason, 'Exited with code 0.');
  });

  it('is a failure with its exit code and its last line of output', async () => {
    const id = unique('job');
    const api = await configure({
      [id]: { command: program('console.log("Error: the database is missing"); console.log("bye"); process.exit(3)') },
    });
    await api.start(id);
    const failed = await awaitSnapshot(id, ({ exitCode }) => exitCode !== undefined);
    assert.deepEqual([failed.lifecycle, failed.exitCode], ['failed', 3]);
    assert.match(failed.reason ?? '', /^Error: the database is missing \(exit code 3.*\)\.$/);
  });

  it('is a failed start when the server exits before it is ready', async () => {
    const id = unique('web');
    const port = await freePort();
    const command = program('console.error("Error: Cannot find module express"); process.exit(1)');
    const api = await configure({ [id]: server(port, { command }) });
    const failed = await api.start(id);
    assert.deepEqual([failed.lifecycle, failed.exitCode, failed.health], ['failed', 1, 'none']);
    assert.match(failed.reason ?? '', /^Error: Cannot find module express.*\(exit code 1, during startup\)/);
  });

  it('is a failure when a server exits with code 0', async () => {
    const id = unique('web');
    const port = await freePort();
    const api = await configure({ [id]: server(port) });
    await api.start(id);
    await tell(port, '/exit', 0);
    const failed = await awaitSnapshot(id, ({ exitCode }) => exitCode !== undefined);
    assert.deepEqual([failed.lifecycle, failed.exitCode, failed.pid], ['failed', 0, undefined]);
  });

  // Windows has no signals: an end from outside has an exit code there, and is an exit.
  itOn(posix, 'is noticed within half a second of a SIGKILL, and stays a failure although VS Code reports code 0', async () => {
    const id = unique('web');
    const port = await freePort();
    const api = await configure({ [id]: server(port) });
    const { pid } = await api.start(id);
    assert.ok(pid !== undefined);
    const ended = new Promise<number | undefined>((resolve) => {
      const subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.definition['service'] !== id) return;
        subscription.dispose();
        resolve(exitCode);
      });
    });
    process.kill(pid, 'SIGKILL');
    await awaitSnapshot(id, ({ lifecycle }) => lifecycle === 'failed', 500);
    assert.equal(await ended, 0, 'what VS Code makes of a SIGKILL');
    const told = await awaitSnapshot(id, ({ exitCode }) => exitCode !== undefined);
    assert.equal(told.lifecycle, 'failed');
    assert.match(told.reason ?? '', /killed/);
  });

  itOn(posix, 'ends what the crashed process left running, so that the next start finds its port free', async () => {
    const id = unique('web');
    const port = await freePort();
    const api = await configure({ [id]: server(port, { command: 'node server.js ${port} & read -r line' }) });
    const { pid, health } = await api.start(id);
    assert.equal(health, 'healthy');
    assert.ok(pid !== undefined);
    assert.equal(await canBind(port), false);
    process.kill(pid, 'SIGKILL');
    await awaitSnapshot(id, ({ lifecycle }) => lifecycle === 'failed');
    await until('the port to be free', () => canBind(port));
    assert.equal((await api.start(id)).health, 'healthy');
  });

  it('is a stop with its reason when the terminal is closed', async () => {
    const id = unique('web');
    const port = await freePort();
    const api = await configure({ [id]: server(port) });
    const { pid } = await api.start(id);
    const { seen, stop } = await record(id);
    (await terminalWithPid(pid)).dispose();
    const stopped = await awaitSnapshot(id, ({ lifecycle }) => lifecycle === 'stopped');
    stop();
    assert.equal(stopped.reason, 'Its terminal was closed.');
    assert.equal(await canBind(port), true);
    assert.ok(seen.length > 0);
  });

  it('is a stop with its reason when Ctrl+C is pressed in the terminal', async () => {
    const id = unique('web');
    const port = await freePort();
    const api = await configure({ [id]: server(port) });
    const { pid } = await api.start(id);
    (await terminalWithPid(pid)).sendText('\u0003', false);
    const stopped = await awaitSnapshot(id, ({ lifecycle }) => lifecycle === 'stopped');
    assert.equal(stopped.reason, 'Ctrl+C was pressed in its terminal.');
    assert.equal(await canBind(port), true);
  });

  it('is forgotten when the service is started again', async () => {
    const id = unique('web');
    const port = await freePort();
    const api = await configure({ [id]: server(port) });
    await api.start(id);
    await tell(port, '/exit', 7);
    await awaitSnapshot(id, ({ exitCode }) => exitCode === 7);
    const again = await api.start(id);
    assert.deepEqual([again.lifecycle, again.health, again.exitCode, again.reason], ['running', 'healthy', undefined, undefined]);
    assert.equal((await snapshotOf(id)).lifecycle, 'running');
  });
});
