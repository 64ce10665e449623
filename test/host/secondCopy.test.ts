/** A terminal starts what already runs as a service. */
import assert from 'node:assert/strict';
import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { itOn, posix } from '../support/systems';
import { about, freePort, server, serverFile } from './support/server';
import { cleanUp, configure, folder, unique } from './support/services';

describe('a second copy of a running service', () => {
  afterEach(cleanUp);

  itOn(posix, 'is named with its pid, port and terminal, and gone from the diagnosis when it has ended', async () => {
    const id = unique('web');
    const [port, other] = [await freePort(), await freePort()];
    const api = await configure({ [id]: server(port) });
    const { pid } = await api.start(id);
    const terminal = vscode.window.createTerminal({ name: 'agent', shellPath: '/bin/bash', cwd: folder() });
    await until('shell integration', () => terminal.shellIntegration !== undefined, 20_000);
    terminal.shellIntegration?.executeCommand(`node ${serverFile()} ${other}`);
    const copy = await until('the copy', () => about(other).catch(() => undefined), 20_000);
    const verdict = (await api.diagnose(id)).find(({ code }) => code === 'second-copy');
    assert.equal(verdict?.title, `A second copy of ${id} is running in the terminal "agent", on port ${other}.`);
    assert.match(verdict.detail, new RegExp(`pid ${pid ?? ''} on port ${port}, the copy is pid ${copy.pid}\\.`));
    assert.equal(verdict.actions[0]?.title, 'Stop the Copy');
    assert.equal((verdict.actions[0].arguments?.[0] as { pid: number }).pid, copy.pid);
    process.kill(copy.pid, 'SIGKILL');
    await until('no copy', async () => (await api.diagnose(id)).every(({ code }) => code !== 'second-copy'), 20_000);
    terminal.dispose();
  });

  itOn(posix, 'is named also when its folder was given through a link', async () => {
    const id = unique('linked');
    const [port, other] = [await freePort(), await freePort()];
    const [real, link] = [join(folder(), `${id}-real`), join(folder(), `${id}-link`)];
    await mkdir(real);
    await symlink(real, link);
    const api = await configure({ [id]: { ...server(port), cwd: `${id}-link` } });
    const { pid } = await api.start(id);
    const terminal = vscode.window.createTerminal({ name: 'agent', shellPath: '/bin/bash', cwd: real });
    try {
      await until('shell integration', () => terminal.shellIntegration !== undefined, 20_000);
      terminal.shellIntegration?.executeCommand(`node ${serverFile()} ${other}`);
      const copy = await until('the copy', () => about(other).catch(() => undefined), 20_000);
      const verdict = (await api.diagnose(id)).find(({ code }) => code === 'second-copy');
      assert.match(verdict?.detail ?? '', new RegExp(`pid ${pid ?? ''} on port ${port}, the copy is pid ${copy.pid}\\.`));
      process.kill(copy.pid, 'SIGKILL');
    } finally {
      terminal.dispose();
      await Promise.all([rm(link), rm(real, { recursive: true })]);
    }
  });
});
