/** An agent ends a service with a command in its own terminal: the verdict is 'killed-by-command', with the command. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { describeOn, posix } from '../support/systems';
import { until } from '../support/poll';
import { commandLine, descendants } from '../support/processes';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configure, unique } from './support/services';
import { makeFolder } from '../support/scratch';

describeOn(posix, 'a service that is ended from another terminal', () => {
  let id: string;

  beforeEach(() => {
    id = unique('web');
  });

  afterEach(cleanUp);

  it('names the command that ended it, and restarts it', async () => {
    const port = await freePort();
    const api = await configure({ [id]: server(port, { restart: 'no' }) });
    const { pid } = await api.start(id);
    const terminal = vscode.window.createTerminal({ name: 'agent', shellPath: '/bin/bash' });
    await until('shell integration', () => terminal.shellIntegration !== undefined, 20_000);
    terminal.shellIntegration?.executeCommand(`kill -9 ${pid ?? 0}`);
    await awaitSnapshot(id, ({ lifecycle, reason }) => lifecycle === 'failed' && reason !== undefined);
    const verdict = await until('the verdict', async () => {
      const [first] = await api.diagnose(id);
      return first?.code === 'killed-by-command' && first;
    });
    assert.match(verdict.title, /was ended by a command in the terminal "agent": kill -9 \d+/);
    const [restart] = verdict.actions;
    assert.equal(restart?.title, 'Restart');
    await vscode.commands.executeCommand(restart.command, ...(restart.arguments ?? []));
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
  });

  it('is seen when no command explains the end, and restarts it', async () => {
    const port = await freePort();
    const api = await configure({ [id]: server(port, { restart: 'no' }) });
    const { pid } = await api.start(id);
    const terminal = vscode.window.createTerminal({ name: 'agent', shellPath: '/bin/bash' });
    await until('shell integration', () => terminal.shellIntegration !== undefined, 20_000);
    const script = join(makeFolder('agent'), 'claude.js');
    await writeFile(script, 'setInterval(() => undefined, 1000)');
    terminal.shellIntegration?.executeCommand(`"${process.execPath}" ${script}`);
    const shell = (await terminal.processId) ?? 0;
    await until('the agent', () => descendants(shell).some((each) => commandLine(each).endsWith(script)));
    process.kill(pid ?? 0, 'SIGKILL');
    await awaitSnapshot(id, ({ lifecycle, reason }) => lifecycle === 'failed' && reason !== undefined);
    const verdict = await until('the verdict', async () => {
      const [first] = await api.diagnose(id);
      return first?.code === 'killed-from-outside' && first;
    });
    assert.match(verdict.evidence.join('\n'), /Possible, not proven: claude \(pid \d+, terminal "agent"\)/);
    const [restart] = verdict.actions;
    await vscode.commands.executeCommand(restart?.command ?? '', ...(restart?.arguments ?? []));
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
    terminal.dispose();
  });
});
