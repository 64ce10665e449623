/** A health path that was not tried and is wrong: it blocks nothing, is reported, and is corrected by one click. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { unprovenStatuses } from '../../src/core/model/unprovenPath';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configUri, configure, unique } from './support/services';

const shown = (): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(configUri()).filter(({ code }) => code === 'health-path');

describe('a health path that was not tried and is wrong', () => {
  afterEach(() => cleanUp());

  it('does not block dependents, is shown in Problems, and is replaced by a path that responds', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const [backend, frontend] = [unique('backend'), unique('frontend')];
    const health = { http: '/no-such-path', status: [...unprovenStatuses], interval: '100ms' };
    const api = await configure({
      [backend]: server(port, { health }),
      [frontend]: server(other, { dependsOn: [backend] }),
    });
    assert.equal((await api.start(frontend)).health, 'healthy');
    const up = await awaitSnapshot(backend, ({ health: state }) => state === 'healthy');
    assert.equal(up.reason, 'The server responds, but does not know the health path /no-such-path (HTTP 404). It counts as up.');
    assert.equal(up.lastProbe?.status, 404);

    await until('the problem is shown', () => shown().length === 1);
    const [problem] = shown();
    assert.ok(problem !== undefined);
    const document = await vscode.workspace.openTextDocument(configUri());
    assert.match(document.getText(problem.range), /"http": ?"\/no-such-path"/);
    // VS Code cancels the request when the document changes meanwhile, as it does once it has been read again.
    const actions = await until('the quick fixes', async () =>
      vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, problem.range),
    );
    const titles = actions.map(({ title }) => title);
    assert.ok(titles.includes('Check Only the Port'), titles.join());
    const use = actions.find(({ title }) => title === 'Use /health as Health Path');
    assert.ok(use?.command !== undefined, titles.join());
    await vscode.commands.executeCommand(use.command.command, ...((use.command.arguments ?? []) as unknown[]));

    await until('the file has the path', async () => {
      const text = await readFile(configUri().fsPath, 'utf8');
      return /"http": ?"\/health"/.test(text) && !text.includes('404');
    });
    await until('the problem is gone', () => shown().length === 0);
    const { health: state, lastProbe, reason } = await api.restart(backend);
    assert.deepEqual([state, lastProbe?.status, reason], ['healthy', 200, undefined]);
  });
});
