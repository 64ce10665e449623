/** A service that starts with another version of Node than its project asks for: the start says which, and offers the right one. */
import assert from 'node:assert/strict';
import { chmod, readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { itOn, posix } from '../support/systems';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { cleanUp, configUri, configure, makeFile, removeFile, unique } from './support/services';

const shown = (): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(configUri()).filter(({ code }) => code === 'runtime-version');

describe('a service that starts with another version of Node', () => {
  afterEach(async () => {
    await cleanUp();
    for (const path of ['modern', 'nvm']) await removeFile(path);
  });

  // The other version is a script.
  itOn(posix, 'is named in Problems and in its diagnosis, and gets the installed version by a quick fix', async () => {
    await makeFile('modern/package.json', '{ "engines": { "node": ">=99" } }');
    const program = await makeFile('nvm/versions/node/v99.1.0/bin/node', `#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
    await chmod(program, 0o755);
    const id = unique('web');
    const home = program.slice(0, program.indexOf('/versions/'));
    const api = await configure({ [id]: server(await freePort(), { cwd: 'modern', env: { NVM_DIR: home } }) });
    assert.equal((await api.start(id)).health, 'healthy');
    await until('the problem is shown', () => shown().length === 1);
    const [problem] = shown();
    assert.ok(problem !== undefined);
    assert.match(problem.message, new RegExp(`^${id} runs with Node \\d+\\.\\d+\\.\\d+, but package\\.json asks for >=99\\.$`));
    const [finding] = await api.diagnose(id);
    assert.deepEqual([finding?.code, finding?.severity, finding?.title], ['runtime-version', 'warning', problem.message]);

    const document = await vscode.workspace.openTextDocument(configUri());
    // VS Code cancels the request when the document changes meanwhile.
    const actions = await until('the quick fixes', async () =>
      vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem.range),
    );
    const use = actions.find(({ title }) => title === 'Use Node 99.1.0');
    assert.ok(use?.command !== undefined, JSON.stringify(actions.map(({ title }) => title)));
    await vscode.commands.executeCommand(use.command.command, ...((use.command.arguments ?? []) as unknown[]));
    await until('PATH is in the file', async () =>
      /"PATH": ".*v99\.1\.0\/bin:\$\{env:PATH\}"/.test(await readFile(configUri().fsPath, 'utf8')),
    );
  });
});
