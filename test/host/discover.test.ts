/** Discovery as other extensions call it, on a real file system: it only reads. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { makeScratch, removeScratch } from '../support/scratch';
import { folder, theApi } from './support/services';

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';

describe('discover() of the API', () => {
  let scratch: string;

  beforeEach(async () => {
    scratch = await makeScratch('discover');
  });

  afterEach(() => removeScratch(scratch));

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(scratch, path)), { recursive: true });
    await writeFile(join(scratch, path), text);
  };

  const discovered = async () => (await theApi()).discover(vscode.Uri.file(scratch));

  it('returns entries of services.json with their evidence', async () => {
    await write('backend/main.py', fastapi);
    await write('backend/.venv/pyvenv.cfg', 'home = /usr/bin\n');
    const [backend, ...others] = await discovered();
    assert.deepEqual(others, []);
    assert.equal(backend?.id, 'backend');
    assert.equal(backend.config.cwd, 'backend');
    assert.equal(backend.config.port, 8000);
    assert.match(String(backend.config.command), /-m uvicorn main:app --port \$\{port\}$/);
    assert.ok(backend.evidence.includes('app = FastAPI() in backend/main.py:3'), backend.evidence.join('; '));
  });

  it('searches the workspace folders when no folder is given', async () => {
    const api = await theApi();
    assert.deepEqual(await api.discover(), await api.discover(vscode.Uri.file(folder())));
  });

  it('writes nothing and runs nothing', async () => {
    const touch = "node -e \"require('fs').writeFileSync('ran', '')\"";
    await write(
      'package.json',
      JSON.stringify({ scripts: { preinstall: touch, dev: 'vite', prepare: touch }, devDependencies: { vite: '8' } }),
    );
    await write('vite.config.js', "require('fs').writeFileSync(__dirname + '/ran', '');\nmodule.exports = {};\n");
    await write('main.py', `open('ran', 'w')\n${fastapi}`);
    assert.equal((await discovered()).length, 2);
    assert.deepEqual((await readdir(scratch, { recursive: true })).sort(), ['main.py', 'package.json', 'vite.config.js']);
  });

  it('accepts names with spaces and letters of all scripts', async () => {
    await write('mein Projekt/日本語 api/main.py', fastapi);
    const [found] = await discovered();
    assert.equal(found?.config.cwd, 'mein Projekt/日本語 api');
    assert.equal(found.id, '日本語 api');
  });

  it('returns despite circular links, pipes, endless files and binary files', async () => {
    if (process.platform !== 'win32') {
      await mkdir(join(scratch, 'a'));
      await symlink(scratch, join(scratch, 'a/loop'), 'dir');
      await symlink(join(scratch, 'nowhere'), join(scratch, 'a/package.json'));
      await symlink('/dev/zero', join(scratch, 'a/server.py'));
      assert.equal(spawnSync('mkfifo', [join(scratch, 'a/main.py')]).status, 0);
    }
    await write('huge/main.py', fastapi + '#'.repeat(2_000_000));
    await write('binary/main.py', '\u0000\ufffd'.repeat(5000));
    await write('binary/package.json', '\u0000');
    await write('broken/package.json', '{ "scripts": { "dev": "vite"');
    await write('broken/compose.yaml', 'services:\n\tdb: [unclosed');
    await write('broken/pyproject.toml', '= = =');
    await write('good/main.py', fastapi);
    assert.deepEqual(
      (await discovered()).map(({ id }) => id),
      ['good'],
    );
  });

  it('finds nothing in a folder that does not exist', async () => {
    assert.deepEqual(await (await theApi()).discover(vscode.Uri.file(join(scratch, 'gone'))), []);
  });
});
