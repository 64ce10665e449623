/** An automatic start saves no files. A start by the user saves what the user configured. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { SaveGuard } from '../../src/host/terminals/saveGuard';
import type { StartedBy } from '../../src/core/lifecycle/state';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { cleanUp, configure, makeFile, removeFile, unique } from './support/services';

const setting = 'task.saveBeforeRun';

const globalValue = (): unknown => vscode.workspace.getConfiguration().inspect(setting)?.globalValue;
const setGlobal = (key: string, value: string | undefined): Thenable<void> =>
  vscode.workspace.getConfiguration().update(key, value, vscode.ConfigurationTarget.Global);

function memento(): vscode.Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, fallback?: T) => (kept.get(key) as T | undefined) ?? fallback,
    update: (key, value: unknown) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
      return Promise.resolve();
    },
  };
}

/** Runs a task that ends immediately, and settles at its end. VS Code saves files before the process begins. */
async function runTask(guard: SaveGuard, by: StartedBy): Promise<void> {
  const name = unique('guard');
  const execution = new vscode.ProcessExecution('node', ['-e', '']);
  // A type of its own: VS Code treats tasks of one type as the same task, unless their declared properties differ.
  const task = new vscode.Task({ type: name }, workspace(), name, 'test', execution, []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Never };
  let ended = false;
  const subscription = vscode.tasks.onDidEndTaskProcess((event) => {
    if (event.execution.task.name === name) ended = true;
  });
  await guard.around(by, () => vscode.tasks.executeTask(task));
  await until('the end of the task', () => ended);
  subscription.dispose();
}

const uriOf = (file: string): vscode.Uri => vscode.Uri.joinPath(workspace().uri, file);

describe('files with unsaved changes', () => {
  let document: vscode.TextDocument;
  let file: string;

  // VS Code in a browser saves files automatically after a second, which would disturb this test.
  before(() => setGlobal('files.autoSave', 'off'));
  after(() => setGlobal('files.autoSave', undefined));

  beforeEach(async () => {
    file = `${unique('notes')}.txt`;
    await makeFile(file, 'saved');
    document = await vscode.workspace.openTextDocument(uriOf(file));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'un'));
    assert.equal(document.isDirty, true);
  });

  afterEach(async () => {
    await cleanUp();
    await setGlobal(setting, undefined);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await removeFile(file);
  });

  const saved = (): Promise<string> => readFile(uriOf(file).fsPath, 'utf8');

  for (const value of [undefined, 'always'] as const) {
    it(`stay unsaved at an automatic start with ${setting} ${value ?? 'not set'}, and the setting is restored`, async () => {
      await setGlobal(setting, value);
      await runTask(new SaveGuard(memento()), 'auto');
      assert.equal(globalValue(), value);
      assert.equal(document.isDirty, true);
      assert.equal(await saved(), 'saved');
    });
  }

  it('are saved at a start by the user, as VS Code does by default', async () => {
    await runTask(new SaveGuard(memento()), 'user');
    await until('the file to be saved', () => !document.isDirty);
    assert.equal(await saved(), 'unsaved');
    assert.equal(globalValue(), undefined);
  });

  it('are saved when the user starts a service, and not when the setting says never', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort()) });
    await setGlobal(setting, 'never');
    assert.equal((await api.start(id)).health, 'healthy');
    assert.equal(document.isDirty, true);
    await setGlobal(setting, undefined);
    assert.equal((await api.restart(id)).health, 'healthy');
    await until('the file to be saved', () => !document.isDirty);
  });

  it('stay unsaved during two automatic starts at once, and the setting is restored', async () => {
    await setGlobal(setting, 'always');
    const guard = new SaveGuard(memento());
    await Promise.all([runTask(guard, 'auto'), runTask(guard, 'auto')]);
    assert.equal(document.isDirty, true);
    assert.equal(globalValue(), 'always');
  });

  it('do not depend on a crash: the setting is restored after a start that was cut off', async () => {
    await setGlobal(setting, 'always');
    const memory = memento();
    // The start never settles, as if the extension host had ended during it.
    void new SaveGuard(memory).around('auto', () => new Promise<void>(() => undefined));
    await until('the setting to be switched', () => globalValue() === 'never');
    await new SaveGuard(memory).recover();
    assert.equal(globalValue(), 'always');
    assert.deepEqual(memory.keys(), []);
  });

  it('leave the setting unchanged when the start is refused', async () => {
    await setGlobal(setting, 'always');
    await assert.rejects(
      new SaveGuard(memento()).around('auto', () => Promise.reject(new Error('refused'))),
      /refused/,
    );
    assert.equal(globalValue(), 'always');
  });
});

function workspace(): vscode.WorkspaceFolder {
  const open = vscode.workspace.workspaceFolders?.[0];
  assert.ok(open, 'a folder is open');
  return open;
}
