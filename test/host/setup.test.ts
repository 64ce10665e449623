/** Setup steps in real terminals: they run when needed, show their progress, and end with all their processes. */
import assert from 'node:assert/strict';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { itOn, posix } from '../support/systems';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { canBind, freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configure, folder, makeFile, record, removeFile, unique } from './support/services';
import type { ServiceConfig } from './support/services';

/** Appends a line to `log`, then creates the folder `made`. */
const install = `node -e "require('fs').appendFileSync('log', 'install '); require('fs').mkdirSync('node_modules', { recursive: true })"`;

describe('setup steps', () => {
  let id: string;
  let port: number;
  let home: string;

  beforeEach(async () => {
    id = unique('web');
    home = unique('app');
    port = await freePort();
    await makeFile(join(home, 'package.json'), '{}');
  });

  afterEach(async () => {
    await cleanUp();
    await removeFile(home);
  });

  const web = (setup: NonNullable<ServiceConfig['setup']>, more: Partial<ServiceConfig> = {}): ServiceConfig => ({
    ...server(port, { cwd: home, ...more }),
    setup,
  });

  const file = (name: string): string => join(folder(), home, name);
  const log = (): Promise<string> => readFile(file('log'), 'utf8').catch(() => '');

  it('run before the first start, not again, and again when the lock file is newer', async () => {
    const api = await configure({ [id]: web([{ name: 'install', command: install, unless: 'node_modules' }]) });
    const { seen, stop } = await record(id);
    assert.equal((await api.start(id)).health, 'healthy');
    stop();
    assert.ok(
      seen.some(({ lifecycle, reason }) => lifecycle === 'starting' && reason === 'Running setup step "install".'),
      JSON.stringify(seen),
    );
    assert.equal(await log(), 'install ');
    await api.restart(id);
    assert.equal(await log(), 'install ');
    await makeFile(join(home, 'package-lock.json'), '{}');
    const later = new Date(Date.now() + 5000);
    await utimes(file('package-lock.json'), later, later);
    assert.equal((await api.restart(id)).health, 'healthy');
    assert.equal(await log(), 'install install ');
    const made = await stat(file('node_modules'));
    assert.ok(made.isDirectory());
  });

  it('get the folder and the environment of the service, and close their terminal on success', async () => {
    const command = `node -e "require('fs').writeFileSync('log', process.env.GREETING + ' ' + process.env.FROM_FILE + ' ' + process.argv[1])" \${port}`;
    await makeFile(join(home, '.env'), 'FROM_FILE=file');
    const more = { env: { GREETING: 'hello' }, envFile: '.env' };
    const api = await configure({ [id]: web([{ name: 'greet', command }], more) });
    assert.equal((await api.start(id)).health, 'healthy');
    assert.equal(await log(), `hello file ${port}`);
    await until('only the terminal of the service', () => vscode.window.terminals.length === 1);
  });

  it('prevent the start when one fails, and the reason is shown', async () => {
    const failing = `node -e "console.log('Error: no such registry'); process.exit(3)"`;
    const api = await configure({
      [id]: web(
        [
          { name: 'first', command: install },
          { name: 'fetch', command: failing },
        ],
        { restart: 'always' },
      ),
    });
    const { lifecycle, reason } = await api.start(id);
    assert.deepEqual(
      [lifecycle, reason],
      [
        'failed',
        'Error: no such registry (setup step "fetch" failed with exit code 3). Will retry when a file in its folder is saved.',
      ],
    );
    assert.equal(await canBind(port), true);
    const [finding] = await api.diagnose(id);
    assert.deepEqual([finding?.code, finding?.actions[0]?.title], ['setup-failed', 'Show Terminal']);
    await showAnother();
    await vscode.commands.executeCommand('serviceLifecycle.showTerminal', id);
    await until('the terminal of the step to be shown', () => vscode.window.activeTerminal?.name === `${id}: fetch`);
    await api.start(id);
    await until('one terminal of the step', () => terminalsLike('fetch').length === 1);
  });

  itOn(posix, 'count as failed when killed without their result', async () => {
    const api = await configure({
      [id]: web([{ name: 'install', command: 'kill -9 $$', unless: 'node_modules' }]),
    });
    const { lifecycle, reason } = await api.start(id);
    assert.equal(lifecycle, 'failed');
    assert.match(reason ?? '', /[Ss]etup step "install" (exited|ended|failed)/);
  });

  it('end with all their processes at a stop, and start again at a restart', async () => {
    // The child leaves the process group of its parent and ignores signals.
    const child = `process.on('SIGINT', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`;
    await makeFile(
      join(home, 'slow.js'),
      `const { spawn } = require('child_process');
const child = spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { detached: true, stdio: 'ignore' });
require('fs').writeFileSync('pids', [process.pid, child.pid].join(' '));
setInterval(() => {}, 1000);`,
    );
    const api = await configure({ [id]: web([{ name: 'slow', command: 'node slow.js' }]) });
    const pids = async (): Promise<readonly number[]> =>
      until('the pids of the step', async () => {
        const words = (await readFile(file('pids'), 'utf8').catch(() => '')).split(' ').map(Number);
        return words.length === 2 && words.every((pid) => pid > 0) && words;
      });
    const started = api.start(id);
    const first = await pids();
    assert.deepEqual(first.filter(isAlive), first);
    await rm(file('pids'));
    const restarted = api.restart(id);
    const second = await pids();
    assert.deepEqual(first.filter(isAlive), []);
    assert.deepEqual(second.filter(isAlive), second);
    const stopped = await api.stop(id);
    assert.deepEqual([stopped.lifecycle, second.filter(isAlive)], ['stopped', []]);
    assert.equal(await canBind(port), true);
    await Promise.all([started, restarted]);
  });

  it('are cancelled when their terminal is closed', async () => {
    const api = await configure({ [id]: web([{ name: 'slow', command: 'node -e "setInterval(() => {}, 1000)"' }]) });
    const started = api.start(id);
    await awaitSnapshot(id, ({ reason }) => reason === 'Running setup step "slow".');
    const terminal = await until('the terminal of the step', () => terminalsLike('slow')[0]);
    await showAnother();
    await vscode.commands.executeCommand('serviceLifecycle.showTerminal', id);
    await until('the terminal of the step to be shown', () => vscode.window.activeTerminal === terminal);
    terminal.dispose();
    const { lifecycle, reason } = await started;
    assert.deepEqual([lifecycle, reason], ['stopped', 'Its terminal was closed.']);
  });

  it('run once for two services that share one', async () => {
    const other = unique('api');
    const slow = `node -e "require('fs').appendFileSync('log', 'once '); setTimeout(() => {}, 700)"`;
    const api = await configure({
      [id]: web([{ name: 'install', command: slow }]),
      [other]: { ...server(await freePort(), { cwd: home }), setup: [{ name: 'install', command: slow }] },
    });
    const [first, second] = await Promise.all([api.start(id), api.start(other)]);
    assert.deepEqual([first.health, second.health, await log()], ['healthy', 'healthy', 'once ']);
  });

  // The program is a script.
  itOn(posix, 'may create the program of the command', async () => {
    await makeFile(
      join(home, 'make.js'),
      `const fs = require('node:fs');
fs.mkdirSync('node_modules/.bin', { recursive: true });
fs.writeFileSync('node_modules/.bin/serve', '#!/bin/sh\\nexec node "$@"\\n', { mode: 0o755 });`,
    );
    const make = 'node make.js';
    const { command } = server(port);
    const api = await configure({
      [id]: {
        ...web([{ name: 'install', command: make, unless: 'node_modules' }]),
        command: ['node_modules/.bin/serve', ...(Array.isArray(command) ? command.slice(1) : [])],
      },
    });
    assert.equal((await api.start(id)).health, 'healthy');
  });

  it('do not mix their output with that of the service', async () => {
    const api = await configure({
      [id]: {
        command: ['node', '-e', `setTimeout(() => console.log('service is up'), 1500); setInterval(() => {}, 1000)`],
        cwd: home,
        role: 'worker',
        readyLine: 'is up',
        setup: [{ name: 'talk', command: `node -e "console.log('setup is up'); setTimeout(() => {}, 300)"` }],
      },
    });
    const { seen, stop } = await record(id);
    const { lifecycle } = await api.start(id);
    stop();
    assert.equal(lifecycle, 'running');
    const waiting = seen.findIndex(({ reason }) => reason === 'Waiting for the ready line in its output.');
    assert.ok(waiting >= 0 && seen.slice(waiting).some(({ lifecycle: then }) => then === 'running'), JSON.stringify(seen));
  });
});

const terminalsLike = (name: string): readonly vscode.Terminal[] =>
  vscode.window.terminals.filter((terminal) => terminal.name.includes(name));

/** Opens another terminal, so that bringing a terminal to the front is visible. */
async function showAnother(): Promise<void> {
  const another = vscode.window.createTerminal('another');
  another.show();
  await until('another terminal to be shown', () => vscode.window.activeTerminal === another);
}

describe('a missing env file with an example next to it', () => {
  const home = unique('env');

  afterEach(async () => {
    await cleanUp();
    await removeFile(home);
  });

  it('is copied on request, and the service is started with it', async () => {
    const id = unique('web');
    await makeFile(join(home, '.env.example'), 'FROM_EXAMPLE=yes\n');
    const api = await configure({ [id]: server(await freePort(), { cwd: home, envFile: '.env' }) });
    const { lifecycle, reason } = await api.start(id);
    assert.equal(lifecycle, 'failed');
    assert.match(reason ?? '', /Env file not found: .*\.env\. Copy it from .*\.env\.example/);
    const [finding] = await api.diagnose(id);
    const [copy] = finding?.actions ?? [];
    assert.deepEqual([finding?.code, copy?.title], ['not-launched', 'Copy .env.example to .env']);
    assert.ok(copy !== undefined);
    await vscode.commands.executeCommand(copy.command, ...(copy.arguments ?? []));
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
    assert.equal(await readFile(join(folder(), home, '.env'), 'utf8'), 'FROM_EXAMPLE=yes\n');
  });
});
