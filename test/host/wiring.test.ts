/** The wiring check in a real editor: problems at their places, quick fixes that solve them, and no false positives. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { canBind, freePort } from './support/server';
import { cleanUp, configUri, configure, folder, makeFile, removeFile, unique } from './support/services';

const codes: ReadonlySet<unknown> = new Set(['proxy-mismatch', 'env-mismatch', 'cors-origin', 'compose-port']);

/** Returns `code file:line underlined` of each problem of the check, lines from 1. */
async function told(): Promise<readonly string[]> {
  const found = vscode.languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) => diagnostics.map((each) => [uri, each] as const));
  const lines = found
    .filter(([, { source, code }]) => source === 'Services' && codes.has(code))
    .map(async ([uri, { code, range }]) => {
      const document = await vscode.workspace.openTextDocument(uri);
      return `${typeof code === 'string' ? code : ''} ${vscode.workspace.asRelativePath(uri)}:${range.start.line + 1} ${document.getText(range)}`;
    });
  return (await Promise.all(lines)).sort();
}

async function awaitTold(...expected: readonly string[]): Promise<void> {
  let last: readonly string[] = [];
  await until(`the problems ${expected.join(', ')}`, async () => {
    last = await told();
    return last.join() === expected.toSorted().join();
  }).catch((error: unknown) => {
    throw new Error(`Told is ${JSON.stringify(last)}, not ${JSON.stringify(expected)}.`, { cause: error });
  });
}

const messages = (path: string): readonly string[] =>
  vscode.languages
    .getDiagnostics(uriOf(path))
    .map(({ message, severity }) => `${vscode.DiagnosticSeverity[severity]} ${message}`);

const uriOf = (path: string): vscode.Uri => vscode.Uri.file(join(folder(), path));

/**
 * Replaces the text of a file as a user does, which is known at once: VS Code's watcher may miss every change in a folder that was made
 * a moment ago (seen in 1 of 3 runs on a loaded machine).
 */
async function saveInEditor(path: string, text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(await document.save());
}

/** Applies the quick fix with this title. */
async function fix(path: string, text: string, title: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  const at = document.positionAt(document.getText().indexOf(text));
  const range = new vscode.Range(at, at);
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  );
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `There is no "${title}" among ${JSON.stringify(actions.map((each) => each.title))}.`);
  assert.ok(action.kind?.contains(vscode.CodeActionKind.QuickFix));
  if (action.edit !== undefined) assert.ok(await vscode.workspace.applyEdit(action.edit));
  if (action.command !== undefined)
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
}

describe('the wiring check', () => {
  /** Each test uses another folder: the editor remembers the text of deleted files. */
  let at = '';
  let port = { backend: 0, frontend: 0, database: 0, nobody: 0 };

  const services = () =>
    ({
      backend: { role: 'backend', command: 'serve --port ${port}', cwd: `${at}/backend`, port: port.backend },
      frontend: { role: 'frontend', command: 'npm run dev', cwd: `${at}/frontend`, port: port.frontend },
      db: { role: 'database', command: 'docker compose up db', cwd: at, port: port.database },
    }) as const;

  const autoSave = (value: 'off' | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration('files').update('autoSave', value, vscode.ConfigurationTarget.Global);
  before(() => autoSave('off'));
  after(() => autoSave(undefined));

  beforeEach(async () => {
    at = unique('shop');
    port = { backend: await freePort(), frontend: await freePort(), database: await freePort(), nobody: await freePort() };
    await makeFile(`${at}/frontend/package.json`, '{ "name": "frontend" }');
    await makeFile(`${at}/backend/requirements.txt`, 'fastapi\n');
  });

  afterEach(async () => {
    // An unsaved change would be written later, and bring the file back.
    for (const document of vscode.workspace.textDocuments) if (document.isDirty) assert.ok(await document.save());
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await removeFile(at);
    await configure({});
    await awaitTold();
    await cleanUp();
  });

  const vite = (target: number): string =>
    `export default {\n  server: {\n    proxy: { '/api': 'http://localhost:${target}' },\n  },\n};\n`;
  const main = (origin: number): string =>
    `from fastapi import FastAPI\n\napp.add_middleware(\n    CORSMiddleware,\n    allow_origins=[\n        "http://localhost:${origin}",\n    ],\n)\n`;
  const compose = (published: number): string => `services:\n  db:\n    ports:\n      - "${published}:5432"\n`;

  it('reports a proxy to a port where nothing is listening, and its fix removes the problem', async () => {
    await makeFile(`${at}/frontend/vite.config.ts`, vite(port.nobody));
    await configure(services());
    await awaitTold(`proxy-mismatch ${at}/frontend/vite.config.ts:3 ${port.nobody}`);
    assert.deepEqual(messages(`${at}/frontend/vite.config.ts`), [
      `Warning The proxy for /api points to port ${port.nobody}, but nothing is listening there (backend is on port ${port.backend}).`,
    ]);
    await fix(`${at}/frontend/vite.config.ts`, String(port.nobody), `Use port ${port.backend} of backend`);
    await awaitTold();
    const document = await vscode.workspace.openTextDocument(uriOf(`${at}/frontend/vite.config.ts`));
    assert.equal(document.getText(), vite(port.backend));
    assert.ok(document.isDirty, 'what is not saved counts');
  });

  it('fixes it in services.json as well', async () => {
    await makeFile(`${at}/frontend/vite.config.ts`, vite(port.nobody));
    await configure(services());
    await awaitTold(`proxy-mismatch ${at}/frontend/vite.config.ts:3 ${port.nobody}`);
    await fix(`${at}/frontend/vite.config.ts`, String(port.nobody), `Set the port of backend to ${port.nobody} in services.json`);
    await awaitTold();
    assert.match(await readFile(configUri().fsPath, 'utf8'), new RegExp(`/backend",\\s*"port":\\s*${port.nobody}`));
  });

  it('checks unsaved text, and fixes the current text', async () => {
    await makeFile(`${at}/frontend/.env`, `# addresses\nVITE_API_URL=http://localhost:${port.backend}\n`);
    await configure(services());
    const document = await vscode.workspace.openTextDocument(uriOf(`${at}/frontend/.env`));
    await vscode.window.showTextDocument(document);
    const type = async (change: (edit: vscode.WorkspaceEdit) => void): Promise<void> => {
      const edit = new vscode.WorkspaceEdit();
      change(edit);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };
    await type((edit) => edit.insert(document.uri, new vscode.Position(2, 0), `VITE_WS_URL=ws://localhost:${port.nobody}/ws\n`));
    await type((edit) => edit.delete(document.uri, new vscode.Range(1, 0, 2, 0)));
    await awaitTold(`env-mismatch ${at}/frontend/.env:2 ${port.nobody}`);
    await type((edit) => edit.insert(document.uri, new vscode.Position(0, 0), '# one more line\n'));
    await fix(`${at}/frontend/.env`, String(port.nobody), `Use port ${port.backend} of backend`);
    assert.equal(document.getText(), `# one more line\n# addresses\nVITE_WS_URL=ws://localhost:${port.backend}/ws\n`);
    await awaitTold();
  });

  it('reports an allowed origin without a server, and adds the right one', async () => {
    await makeFile(`${at}/backend/main.py`, main(port.nobody));
    await configure(services());
    await awaitTold(`cors-origin ${at}/backend/main.py:6 "http://localhost:${port.nobody}"`);
    assert.deepEqual(messages(`${at}/backend/main.py`), [
      `Warning backend does not allow the CORS origin http://localhost:${port.frontend} used by frontend.`,
    ]);
    await fix(`${at}/backend/main.py`, `"http://localhost:${port.nobody}"`, `Add http://localhost:${port.frontend}`);
    await awaitTold();
    const document = await vscode.workspace.openTextDocument(uriOf(`${at}/backend/main.py`));
    const line = `        "http://localhost:${port.nobody}",\n`;
    assert.equal(document.getText(), main(port.nobody).replace(line, `${line}        "http://localhost:${port.frontend}",\n`));
  });

  it('reports a port that Compose does not publish, and writes the published one into services.json', async () => {
    await makeFile(`${at}/compose.yaml`, compose(port.nobody));
    await configure(services());
    await awaitTold(`compose-port ${at}/compose.yaml:4 ${port.nobody}`);
    assert.deepEqual(messages(`${at}/compose.yaml`), [
      `Warning db is expected on port ${port.database}, but Compose publishes db: ${port.nobody}.`,
    ]);
    await fix(`${at}/compose.yaml`, String(port.nobody), `Set the port of db to ${port.nobody} in services.json`);
    await awaitTold();
  });

  it('reports nothing for correct ports, nor when a process is listening', async () => {
    await makeFile(`${at}/frontend/vite.config.ts`, vite(port.backend));
    await makeFile(`${at}/backend/main.py`, main(port.frontend));
    await makeFile(`${at}/compose.yaml`, compose(port.database));
    // The problems next to them prove that the files were read.
    await makeFile(`${at}/frontend/.env`, `VITE_API_URL=http://localhost:${port.nobody}\n`);
    await configure(services());
    await awaitTold(`env-mismatch ${at}/frontend/.env:1 ${port.nobody}`);
    const { createServer } = await import('node:net');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port.nobody, '127.0.0.1', resolve));
    try {
      await saveInEditor(`${at}/frontend/.env`, `VITE_API_URL=http://localhost:${port.nobody}/api\n`);
      await awaitTold();
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
    assert.ok(await canBind(port.nobody));
    await saveInEditor(`${at}/frontend/.env`, `VITE_API_URL=http://localhost:${port.nobody}\n`);
    await awaitTold(`env-mismatch ${at}/frontend/.env:1 ${port.nobody}`);
    await saveInEditor(`${at}/frontend/.env`, 'OTHER=1\n');
    await awaitTold();
  }).timeout(60_000);

  it('reports nothing when it is turned off', async () => {
    await makeFile(`${at}/frontend/vite.config.ts`, vite(port.nobody));
    await configure(services());
    await awaitTold(`proxy-mismatch ${at}/frontend/vite.config.ts:3 ${port.nobody}`);
    const section = vscode.workspace.getConfiguration('serviceLifecycle');
    await section.update('wiringCheck', false, vscode.ConfigurationTarget.Global);
    try {
      await awaitTold();
    } finally {
      await section.update('wiringCheck', undefined, vscode.ConfigurationTarget.Global);
    }
    await awaitTold(`proxy-mismatch ${at}/frontend/vite.config.ts:3 ${port.nobody}`);
  });
});
