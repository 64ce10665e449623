/** A terminal that is paused by Ctrl+S: its server waits to write and does not respond until the output continues. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { describeOn } from '../support/systems';
import { freePort } from './support/server';
import { awaitSnapshot, cleanUp, configure, unique } from './support/services';

/** Logs each request, and a line now and then, like a server. */
const server = (port: number): string =>
  `setInterval(() => console.log('still here'), 50);
   require('node:http').createServer((request, response) => { console.log(request.url); response.end('ok'); }).listen(${port}, '127.0.0.1');`;

// Other systems do not show it, and Windows does not pause a terminal like this.
describeOn(['linux'], 'a service whose terminal is paused by Ctrl+S', () => {
  afterEach(cleanUp);

  it('is reported as blocked, and responds again when its output continues', async () => {
    const [id, port] = [unique('logger'), await freePort()];
    const health = { http: '/', interval: '200ms', timeout: '500ms', failureThreshold: 2 };
    const api = await configure({ [id]: { command: ['node', '-e', server(port)], port, health } });
    const { pid } = await api.start(id);
    assert.deepEqual(await api.diagnose(id), []);
    const pids = await Promise.all(vscode.window.terminals.map((terminal) => terminal.processId));
    vscode.window.terminals[pids.indexOf(pid)]?.sendText('\u0013', false);
    const hung = await awaitSnapshot(id, (snapshot) => snapshot.health === 'unhealthy');
    assert.equal(hung.pid, pid);
    const verdict = await until('the verdict', async () => {
      const [first] = await api.diagnose(id);
      return first?.code === 'terminal-blocked' ? first : undefined;
    });
    assert.match(verdict.title, /its terminal has accepted no output for [\d.]+ s\./);
    const [cure] = verdict.actions;
    assert.equal(cure?.command, 'serviceLifecycle.continueOutput');
    await vscode.commands.executeCommand(cure.command, ...(cure.arguments ?? []));
    const healthy = await awaitSnapshot(id, (snapshot) => snapshot.health === 'healthy');
    assert.equal(healthy.pid, pid);
    assert.deepEqual(await api.diagnose(id), []);
  });
});
