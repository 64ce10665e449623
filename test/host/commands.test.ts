/** One-off commands of services in real terminals. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { cleanUp, configure, folder, makeFile, removeFile, unique } from './support/services';
import { svc } from './support/svc';

/** Writes what it was given into `log`. */
const seed = `node -e "require('fs').writeFileSync('log', process.env.GREETING + ' ' + process.env.FROM_FILE + ' ' + process.argv[1])" \${port}`;
const fails = `node -e "console.error('Error: no such table: users'); process.exit(3)"`;

describe('one-off commands', () => {
  let [id, home] = ['', ''];

  beforeEach(async () => {
    [id, home] = [unique('web'), unique('app')];
    await makeFile(join(home, '.env'), 'FROM_FILE=file');
    const commands = { 'Seed data': seed, Fails: fails };
    const more = { cwd: home, env: { GREETING: 'hello' }, envFile: '.env' };
    await configure({ [id]: { command: 'node server.js', port: 8123, ...more, commands } });
  });

  afterEach(async () => {
    await cleanUp();
    await removeFile(home);
  });

  it('run in the folder and with the environment of the service, in a terminal that stays', async () => {
    await vscode.commands.executeCommand('serviceLifecycle.runCommand', id, 'Seed data');
    assert.equal(await readFile(join(folder(), home, 'log'), 'utf8'), 'hello file 8123');
    await until('its terminal to be shown', () => vscode.window.activeTerminal?.name.includes('Seed data') === true);
  });

  it('are run by svc, with their output, their verdict and their exit code', async () => {
    const done = await svc(['run', id, 'Seed data']);
    assert.deepEqual([done.code, done.out.includes(`${id}, "Seed data": succeeded`)], [0, true], done.out + done.err);
    const failed = await svc(['run', id, 'Fails', '--json']);
    assert.equal(failed.code, 1, failed.out + failed.err);
    const reply = JSON.parse(failed.out) as Readonly<Record<string, unknown>>;
    assert.deepEqual([reply['ok'], reply['exitCode'], reply['command']], [false, 3, 'Fails']);
    assert.match(JSON.stringify(reply['verdict']), /no such table: users/);
    assert.match(JSON.stringify(reply['lines']), /no such table: users/);
    const unknown = await svc(['run', id, 'Sed data']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.err, /Did you mean "Seed data"\?/);
  });
});
