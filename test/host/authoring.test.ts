/** Editing support for services.json, called like the editor does: on a real document, saved or not. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configUri, configure, folder, makeFile, removeFile, theApi, unique } from './support/services';

/** Puts the text (with `|` at the cursor) into the editor of services.json, without saving it. */
async function typed(marked: string): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const offset = marked.indexOf('|');
  const document = await vscode.workspace.openTextDocument(configUri());
  const editor = await vscode.window.showTextDocument(document);
  const text = offset < 0 ? marked : marked.slice(0, offset) + marked.slice(offset + 1);
  const end = document.positionAt(document.getText().length);
  await editor.edit((edit) => edit.replace(new vscode.Range(new vscode.Position(0, 0), end), text));
  return { document, position: document.positionAt(Math.max(0, offset)) };
}

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

async function offered(marked: string, trigger?: string): Promise<readonly vscode.CompletionItem[]> {
  const { document, position } = await typed(marked);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    trigger,
  );
  return list.items;
}

/** Returns the text after accepting the item with this label. */
async function accepted(marked: string, label: string): Promise<string> {
  const item = (await offered(marked)).find((candidate) => labelOf(candidate) === label);
  assert.ok(item, `${label} is offered`);
  const editor = vscode.window.activeTextEditor;
  assert.ok(editor);
  const { insertText, range } = item;
  assert.ok(range instanceof vscode.Range && insertText !== undefined);
  const snippet = typeof insertText === 'string' ? new vscode.SnippetString().appendText(insertText) : insertText;
  await editor.insertSnippet(snippet, range);
  return editor.document.getText();
}

const lenses = async (): Promise<readonly vscode.CodeLens[]> =>
  vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', configUri(), 100);
const titles = async (): Promise<readonly string[]> => (await lenses()).map(({ command }) => command?.title ?? '');

async function actionsAt(document: vscode.TextDocument, text: string): Promise<readonly vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(text) + 1);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    new vscode.Range(at, at),
    vscode.CodeActionKind.QuickFix.value,
  );
}

const run = async ({ command, arguments: given = [] }: vscode.Command): Promise<unknown> =>
  vscode.commands.executeCommand(command, ...(given as unknown[]));

describe('editing services.json', () => {
  before(async () => {
    await configure({});
    // The editing support is loaded a moment after activation.
    await until('the lenses', async () => (await vscode.commands.getCommands(true)).includes('serviceLifecycle.createMissing'));
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await cleanUp();
  });

  it('completes names, folders, scripts, env files and variables in an unsaved text', async () => {
    await makeFile('shop/web/package.json', '{ "scripts": { "dev": "vite" } }');
    await makeFile('shop/pnpm-lock.yaml', '');
    await makeFile('shop/web/.env.local', '');
    await mkdir(join(folder(), 'shop', 'node_modules'), { recursive: true });
    try {
      const a = (members: string) => `{ "services": { "db": { "command": "x" }, "a": { ${members} } } }`;
      assert.equal(await accepted(a('"dependsOn": ["|"]'), 'db'), a('"dependsOn": ["db"]'));
      assert.equal(await accepted(a('"dependsOn": [d|]'), 'db'), a('"dependsOn": ["db"]'));
      const folders = (await offered(a('"cwd": "shop/|"'))).map(labelOf);
      assert.deepEqual(
        folders.filter((label) => label.startsWith('shop/')),
        ['shop/web'],
      );
      assert.equal(
        await accepted(a('"cwd": "shop/web", "command": "|"'), 'pnpm run dev'),
        a('"cwd": "shop/web", "command": "pnpm run dev"'),
      );
      assert.equal(
        await accepted(a('"cwd": "shop/web", "envFile": "|"'), '.env.local'),
        a('"cwd": "shop/web", "envFile": ".env.local"'),
      );
      assert.equal(await accepted(a('"command": "x --port ${|}"'), '${port}'), a('"command": "x --port ${port}"'));
      assert.equal(await accepted(a('"command": "x ${e|}"'), '${env:}'), a('"command": "x ${env:}"'));
    } finally {
      await removeFile('shop');
    }
  });

  it('offers each value once, next to those of the schema', async () => {
    const items = (
      await offered('{ "services": { "db": { "command": "x" }, "a": { "command": "y", "dependsOn": { "db": | } } } }')
    ).map(labelOf);
    for (const condition of ['"started"', '"healthy"', '"completed"'])
      assert.equal(items.filter((label) => label === condition).length, 1, items.join());
    const names = (
      await offered('{ "services": { "db": { "command": "x" }, "a": { "command": "y", "dependsOn": ["|"] } } }')
    ).map(labelOf);
    assert.deepEqual(
      names.filter((label) => label.includes('db')),
      ['db'],
    );
  });

  it('inserts a whole backend whose command keeps its variable', async () => {
    for (const marked of ['{\n  "services": {\n    |\n  }\n}', '{\n  "services": {\n    "backend": |\n  }\n}']) {
      const text = await accepted(marked, 'Backend (uvicorn)');
      assert.match(
        text,
        /"backend": \{\s+"role": "backend",\s+"command": "python -m uvicorn main:app --reload --port \$\{port\}",\s+"port": 8000,/,
      );
    }
  });

  it('completes keys and explains them', async () => {
    const { document } = await typed('{ "services": { "a": { "command": "x", "heal|th": "/" } } }');
    const at = document.positionAt(document.getText().indexOf('health') + 2);
    const keys = (await offered('{ "services": { "a": { | } } }')).map(labelOf);
    for (const key of ['command', 'dependsOn', 'health', 'cwd']) assert.ok(keys.includes(key), keys.join());
    await typed('{ "services": { "a": { "command": "x", "health": "/" } } }');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at);
    const said = hovers
      .flatMap(({ contents }) => contents.map((part) => (part instanceof vscode.MarkdownString ? part.value : '')))
      .join('\n');
    assert.match(said, /How to check that the service responds/);
  });

  it('shows the state and the actions over each service, until the setting turns it off', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort()) });
    const document = await vscode.workspace.openTextDocument(configUri());
    await vscode.window.showTextDocument(document);
    await until('Start', async () => (await titles()).some((title) => title.endsWith('Start')));
    const start = (await lenses()).find(({ command }) => command?.title.endsWith('Start'))?.command;
    assert.ok(start);
    await run(start);
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
    const shown = await until('the state', async () => {
      const all = await titles();
      return all.some((title) => title.endsWith(' ms')) && all;
    });
    assert.match(
      shown.join('|'),
      /^\$\(pass\)\u00a0:\d+ · \d+ ms\|\$\(debug-stop\)\u00a0Stop\|\$\(debug-restart\)\u00a0Restart$/,
    );
    const settings = vscode.workspace.getConfiguration('serviceLifecycle');
    await settings.update('codeLens', false, vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await titles(), []);
    } finally {
      await settings.update('codeLens', undefined, vscode.ConfigurationTarget.Global);
    }
    await api.stop(id);
    await until('Stopped', async () => (await titles()).some((title) => title.includes('Stopped')));
  });

  it('shows the error of a service over it, before the file is saved', async () => {
    await typed('{ "services": { "a": { "command": "x", "port": "http" } } }');
    assert.match((await titles()).join(), /^\$\(error\)\u00a0"port" must be a whole number/);
  });

  it('renames a running service wherever it is named; it keeps running under its old name until it is stopped', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort()), other: { command: ['node', '-e', ''], dependsOn: [id] } });
    await makeFile('.vscode/tasks.json', `{ "tasks": [{ "label": "up", "type": "service", "service": "${id}" }] }`);
    try {
      await api.start(id);
      const document = await vscode.workspace.openTextDocument(configUri());
      await vscode.window.showTextDocument(document);
      const at = document.positionAt(document.getText().lastIndexOf(id) + 1);
      const rename = async (name: string) =>
        vscode.commands.executeCommand<vscode.WorkspaceEdit>('vscode.executeDocumentRenameProvider', document.uri, at, name);
      await assert.rejects(rename('other'), /already/);
      await assert.rejects(rename('a/b'), /must not contain/);
      const edit = await rename('renamed');
      assert.ok(await vscode.workspace.applyEdit(edit));
      assert.ok(!document.getText().includes(`"${id}"`));
      const tasks = await vscode.workspace.openTextDocument(vscode.Uri.file(join(folder(), '.vscode', 'tasks.json')));
      assert.match(tasks.getText(), /"service": "renamed"/);
      await vscode.workspace.saveAll(false);
      await until('the new name', () => api.services().some((service) => service.id === 'renamed'));
      const before = api.services().find((service) => service.id === id);
      assert.equal(before?.lifecycle, 'running');
      await until('the old one in a lens', async () =>
        (await titles()).some((title) => title.includes('no longer in this file')),
      );
      await api.stop(id);
      await until('the old one to be gone', () => !api.services().some((service) => service.id === id));
      assert.ok(!(await titles()).some((title) => title.includes(id)));
    } finally {
      await removeFile('.vscode/tasks.json');
    }
  });

  it('goes to the definition of a service, and finds its references', async () => {
    const { document, position } = await typed(
      '{ "services": { "b": { "command": "x" }, "a": { "command": "x", "dependsOn": ["|b"] } } }',
    );
    const ask = <T>(command: string) => vscode.commands.executeCommand<T>(command, document.uri, position);
    const [definition] = await ask<vscode.LocationLink[]>('vscode.executeDefinitionProvider');
    assert.equal(definition && document.getText(definition.targetRange), 'b');
    assert.equal(definition?.targetRange.start.character, document.getText().indexOf('"b"') + 1);
    const references = await ask<vscode.Location[]>('vscode.executeReferenceProvider');
    assert.equal(references.length, 2);
  });

  it('fixes an unsaved error', async () => {
    const { document } = await typed('{ "services": { "a": { "command": "x", "prot": 1, "stopGracePeriod": "5 seconds" } } }');
    const fix = async (at: string, title: string) => {
      const action = (await actionsAt(document, at)).find((found) => found.title === title);
      assert.ok(action?.edit, title);
      assert.ok(await vscode.workspace.applyEdit(action.edit));
    };
    await fix('"prot"', 'Change to "port"');
    await fix('"5 seconds"', 'Change to "5s"');
    assert.equal(document.getText(), '{ "services": { "a": { "command": "x", "port": 1, "stopGracePeriod": "5s" } } }');
  });

  it('creates a missing folder and a missing env file, and their problems disappear', async () => {
    const name = unique('missing');
    await configure({ [name]: { command: 'x', cwd: `${name}-folder`, envFile: '.env' } });
    const document = await vscode.workspace.openTextDocument(configUri());
    await vscode.window.showTextDocument(document);
    const problems = () => vscode.languages.getDiagnostics(configUri()).filter(({ code }) => code === 'cannotStart');
    const runFix = async (at: string, title: string) => {
      const action = await until(title, async () =>
        (await actionsAt(document, at)).find((found) => found.title.startsWith(title)),
      );
      assert.ok(action.command);
      await run(action.command);
    };
    try {
      await until('a problem', () => problems().length === 1);
      await runFix(`"${name}-folder"`, 'Create the folder');
      await until('the other problem', () => problems().some(({ message }) => message.includes('.env')));
      await runFix('".env"', 'Create the empty file');
      await until('no problem', () => problems().length === 0);
    } finally {
      await removeFile(`${name}-folder`);
    }
  });

  it('does nothing in other files', async () => {
    await makeFile('sub/.vscode/services.json', '{ "services": { "a": { "command": "x" } } }');
    try {
      const uri = vscode.Uri.file(join(folder(), 'sub', '.vscode', 'services.json'));
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      assert.deepEqual(await vscode.commands.executeCommand('vscode.executeCodeLensProvider', uri, 10), []);
      assert.equal((await theApi()).version, 1);
    } finally {
      await removeFile('sub');
    }
  });
});
