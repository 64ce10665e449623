/** Every problem in services.json is reported in one sentence, at its place, and affects nothing else. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { reportsFirstRun } from '../../src/host/terminals/firstRunOutput';
import { until } from '../support/poll';
import { itOn, posix } from '../support/systems';
import { about, freePort, server } from './support/server';
import {
  awaitSnapshot,
  cleanUp,
  configure,
  configUri,
  makeFile,
  removeFile,
  snapshotOf,
  theApi,
  unique,
  writeConfig,
} from './support/services';
import type { ServiceConfig, ServiceSnapshot } from './support/services';

/** The output of a program may begin in lower case. */
const oneSentence = /^\S[^\n]+\.$/;

/** Line of the first service in a file written by `configure`, counted from 0. */
const firstLine = 2;

const problems = (): readonly vscode.Diagnostic[] => vscode.languages.getDiagnostics(configUri());

/** Waits for the problem in that line; returns it with the text of its range. One of an earlier file may be there for a moment. */
async function problemIn(line: number, message?: string): Promise<{ readonly message: string; readonly text: string }> {
  const isMeant = (each: vscode.Diagnostic): boolean =>
    each.range.start.line === line && (message === undefined || each.message === message);
  const found = await until(`the problem in line ${line}: ${message ?? 'any'}`, () => problems().find(isMeant));
  const document = await vscode.workspace.openTextDocument(configUri());
  const onDisk = await readFile(configUri().fsPath, 'utf8');
  await until('the document to be read again', () => document.getText() === onDisk);
  assert.equal(found.source, 'Services');
  assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
  return { message: found.message, text: document.getText(found.range) };
}

describe('a service that cannot start', () => {
  let id: string;

  beforeEach(() => {
    id = unique('bad');
  });

  afterEach(cleanUp);

  async function start(config: ServiceConfig): Promise<ServiceSnapshot> {
    const api = await configure({ [id]: config });
    const failed = await api.start(id);
    assert.equal(failed.lifecycle, 'failed');
    assert.equal(failed.health, 'none');
    assert.equal(failed.pid, undefined);
    assert.match(failed.reason ?? '', oneSentence);
    return failed;
  }

  it('reports a missing folder, also in Problems', async () => {
    const { reason } = await start({ command: 'npm start', cwd: 'nowhere' });
    assert.match(reason ?? '', /^Folder not found: .*nowhere\./);
    assert.equal((await problemIn(firstLine, reason)).text, '"nowhere"');
  });

  it('reports a folder that is a file', async () => {
    const { reason } = await start({ command: 'npm start', cwd: 'server.js' });
    assert.match(reason ?? '', /^"cwd" is a file, not a folder: .*server\.js\./);
    assert.equal((await problemIn(firstLine, reason)).text, '"server.js"');
  });

  it('reports a missing env file, also in Problems', async () => {
    const { reason } = await start({ command: 'npm start', envFile: 'missing.env' });
    assert.match(reason ?? '', /^Env file not found: .*missing\.env\./);
    assert.equal((await problemIn(firstLine, reason)).text, '"missing.env"');
  });

  it('reports that the program of a list was not found, also in Problems', async () => {
    const { reason } = await start({ command: ['no-such-program', '--port', '1'] });
    assert.match(reason ?? '', /^Command not found: no-such-program\./);
    await problemIn(firstLine, reason);
  });

  // The shells of Windows have no exit code of its own for it, and other words.
  itOn(posix, 'reports that the shell did not find the command', async () => {
    const port = await freePort();
    const { reason, exitCode } = await start(server(port, { command: 'no-such-program --port ${port}' }));
    assert.equal(exitCode, 127);
    // Before 1.106 VS Code does not report what is written so soon after the start.
    const said = reportsFirstRun ? /no-such-program: (command )?not found/ : /command not found/;
    assert.match(reason ?? '', said);
  });

  it('starts once the missing parts exist', async () => {
    const port = await freePort();
    await start(server(port, { envFile: 'late.env' }));
    await makeFile('late.env', 'LATE=1\n');
    const started = await (await theApi()).start(id);
    await removeFile('late.env');
    assert.equal(started.health, 'healthy');
    assert.equal(started.reason, undefined);
    assert.equal((await about(port)).env['LATE'], '1');
  });
});

describe('errors in services.json', () => {
  afterEach(cleanUp);

  it('are shown at their places, while valid services are listed and start', async () => {
    const [right, far, misspelt, alone] = [unique('right'), unique('far'), unique('misspelt'), unique('alone')];
    const port = await freePort();
    await writeConfig(
      [
        '{',
        '  // A comment is fine.',
        '  "services": {',
        `    "${right}": ${JSON.stringify(server(port))},`,
        `    "${far}": { "command": "npm start", "port": 70000 },`,
        `    "${misspelt}": { "comand": "npm start" },`,
        `    "${alone}": { "command": "npm start", "dependsOn": ["nobody"] }`,
        '  }',
        '}',
      ].join('\n'),
    );
    const api = await theApi();
    await until('the right one', () => api.services().some((service) => service.id === right));
    assert.deepEqual(
      api.services().map((service) => service.id),
      [right],
    );
    assert.equal((await problemIn(4)).text, '70000');
    assert.match((await problemIn(5)).message, /command/);
    assert.equal((await problemIn(6)).text, '"nobody"');
    const lines = (): string => [...new Set(problems().map(({ range }) => range.start.line))].join();
    await until('problems in these lines only', () => lines() === '4,5,6');
    assert.equal((await api.start(right)).health, 'healthy');
  });

  it('disappear from Problems when they are fixed', async () => {
    const id = unique('mended');
    await configure({ [id]: { command: 'npm start', cwd: 'nowhere' } });
    await problemIn(firstLine);
    await configure({ [id]: { command: 'npm start' } });
    await until('no problems', () => problems().length === 0);
  });

  it('that make the file unreadable stop no service and hide none', async () => {
    const [running, idle] = [unique('running'), unique('idle')];
    const port = await freePort();
    const api = await configure({ [running]: server(port), [idle]: { command: 'npm start' } });
    const { pid } = await api.start(running);
    await writeConfig('{ "services": { "half": ');
    await until('the problem', () => problems().length > 0);
    assert.deepEqual(
      [running, idle].filter((id) => !api.services().some((service) => service.id === id)),
      [],
    );
    assert.equal((await snapshotOf(running)).pid, pid);
    assert.equal((await about(port)).pid, pid);
    assert.equal((await api.restart(running)).health, 'healthy');
  });
});

describe('a running service', () => {
  afterEach(cleanUp);

  it('stays listed when it is removed from the file, until it is stopped', async () => {
    const [kept, removed] = [unique('kept'), unique('removed')];
    const port = await freePort();
    const api = await configure({ [kept]: { command: 'npm start' }, [removed]: server(port) });
    const { pid } = await api.start(removed);
    const other = unique('other');
    await writeConfig(JSON.stringify({ services: { [other]: { command: 'npm start' } } }));
    await until('the new file', () => api.services().some(({ id }) => id === other));
    assert.deepEqual(
      api
        .services()
        .map(({ id }) => id)
        .sort(),
      [other, removed].sort(),
    );
    assert.equal((await snapshotOf(removed)).pid, pid);
    assert.equal((await about(port)).pid, pid);
    await api.stop(removed);
    assert.deepEqual(
      api.services().map(({ id }) => id),
      [other],
    );
  });

  it('keeps its configuration until it is started again', async () => {
    const id = unique('changed');
    const [before, after] = [await freePort(), await freePort()];
    const api = await configure({ [id]: server(before) });
    const { pid } = await api.start(id);
    await writeConfig(JSON.stringify({ services: { [id]: server(after), [unique('mark')]: { command: 'npm start' } } }));
    await until('the new file', () => api.services().length === 2);
    assert.deepEqual([(await snapshotOf(id)).port, (await snapshotOf(id)).pid], [before, pid]);
    const restarted = await api.restart(id);
    assert.deepEqual([restarted.port, restarted.health], [after, 'healthy']);
    assert.notEqual((await about(after)).pid, pid);
    await awaitSnapshot(id, ({ lifecycle }) => lifecycle === 'running');
  });
});
