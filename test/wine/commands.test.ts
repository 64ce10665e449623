/**
 * What Wine answers differently from Windows, so that it is not proven here: its cmd drops a percent sign, and keeps the carets of an argument
 * with a quote, when a batch file hands them on, so such arguments are left to the unit tests.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { batchLine, commandLineOf, isBatchFile } from '../../src/core/shells/batchLine';
import { withBatchNames } from '../../src/core/shells/batchNames';
import { findProgram } from '../../src/os/launch/findProgram';
import { typedCommand, windowsCommand } from '../../src/os/launch/windowsCommand';
import { environmentWith } from '../../src/os/system/environment';

describe('programs and batch files on Windows', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'programs '));
    mkdirSync(join(folder, 'bin'));
    writeFileSync(
      join(folder, 'dump.js'),
      "require('node:fs').writeFileSync(process.argv[2], JSON.stringify(process.argv.slice(3)));",
    );
    writeFileSync(join(folder, 'bin', 'npm'), '#!/bin/sh\n');
    writeFileSync(
      join(folder, 'bin', 'npm.cmd'),
      `@"${process.execPath}" "${join(folder, 'dump.js')}" "${join(folder, 'out.json')}" %*\r\n`,
    );
    writeFileSync(join(folder, 'bin', 'python.exe'), '');
    for (const file of ['nodemon.cmd', 'nodemon.ps1', 'tool.cmd']) writeFileSync(join(folder, 'bin', file), '');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const find = (program: string): Promise<string | undefined> =>
    findProgram(program, { cwd: folder, env: { Path: join(folder, 'bin') }, platform: 'win32' });

  it('are found by PATHEXT, on the PATH and as a path, with both kinds of slashes', async () => {
    const isAt = (found: string | undefined, name: string): void =>
      assert.equal(found?.toLowerCase(), join(folder, 'bin', name).toLowerCase());
    isAt(await find('npm'), 'npm.cmd');
    isAt(await find('npm.cmd'), 'npm.cmd');
    isAt(await find('bin/python'), 'python.exe');
    isAt(await find('.\\bin\\python'), 'python.exe');
    assert.equal(await find('missing'), undefined);
  });

  it('need no shell in a line that begins with their path, whatever its slashes are', async () => {
    const command = (line: string) => windowsCommand(line, { cwd: folder, env: {} });
    const python = join(folder, 'bin', 'python.exe').toLowerCase();
    for (const written of ['bin/python.exe', 'bin\\python', '.\\bin\\python.exe', `"${join(folder, 'bin', 'python.exe')}"`]) {
      const [program = '', ...args] = await command(`${written} -m pip install -r requirements.txt`);
      assert.deepEqual([program.toLowerCase(), args], [python, ['-m', 'pip', 'install', '-r', 'requirements.txt']], written);
    }
    const [batch = ''] = await command('bin/npm.cmd run dev');
    assert.ok(isBatchFile(batch));
    for (const line of ['bin/missing.exe x', 'bin/python.exe x > log.txt', 'bin/python.exe $HOME', 'dump.js', './dump.js x'])
      assert.equal(await command(line), line);
  });

  it('run as they are written for every system: npm is npm.cmd, and gets its arguments behind --', async () => {
    const isBatch = async (name: string): Promise<boolean> => isBatchFile((await find(name)) ?? '');
    const line = await withBatchNames('npm run dev -- --port 5173 --strictPort', isBatch);
    const env = environmentWith({ PATH: `${join(folder, 'bin')};${process.env['PATH'] ?? ''}` });
    const { status } = spawnSync('cmd.exe', [`/d /c ${line}`], {
      cwd: folder,
      env,
      windowsVerbatimArguments: true,
      stdio: 'ignore',
    });
    assert.deepEqual([line, status], ['npm.cmd run dev -- --port 5173 --strictPort', 0]);
    const args = ['run', 'dev', '--', '--port', '5173', '--strictPort'];
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')), args);
  });

  it('are named as such where PowerShell would take a script of the same name', async () => {
    const place = { cwd: folder, env: { Path: join(folder, 'bin') } };
    for (const [line, written] of [
      ['nodemon server.js | more', 'nodemon.cmd server.js | more'],
      ['npm ci; tool x; missing', 'npm.cmd ci; tool x; missing'],
    ] as const)
      assert.equal(await windowsCommand(line, place), written);
  });

  it('are typed so into PowerShell, and not into other shells', async () => {
    const before = process.env['Path'];
    process.env['Path'] = join(folder, 'bin');
    try {
      assert.equal(await typedCommand('npm ci', 'C:\\Windows\\powershell.exe', folder), 'npm.cmd ci');
      assert.equal(await typedCommand('npm ci', 'C:\\Windows\\System32\\cmd.exe', folder), 'npm ci');
      assert.equal(await typedCommand('npm ci', 'C:\\Git\\bin\\bash.exe', folder), 'npm ci');
    } finally {
      process.env['Path'] = before;
    }
  });

  it('run in the shell of Node, also from a folder with a space', () => {
    const line = commandLineOf(process.execPath, [join(folder, 'dump.js'), join(folder, 'out.json'), 'a b', '--port=1']);
    assert.equal(spawnSync(line, { cwd: folder, shell: true, stdio: 'ignore' }).status, 0);
    assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')), ['a b', '--port=1']);
  });

  for (const args of [
    ['run', 'dev', '--', '--port', '5173'],
    ['a b', 'c'],
    ['a&b', 'c|d', 'e<f>g', '(h)'],
    ['x^y', 'a=b,c;d'],
    ['C:\\with space\\', ''],
    ['ärger'],
  ])
    it(`run with exactly ${JSON.stringify(args)}`, async () => {
      const program = (await find('npm')) ?? assert.fail();
      const line = `/d /s /c ${batchLine(program, args)}`;
      const { status } = spawnSync('cmd.exe', [line], { cwd: folder, windowsVerbatimArguments: true, stdio: 'ignore' });
      assert.equal(status, 0);
      assert.deepEqual(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')), args);
    });
});
