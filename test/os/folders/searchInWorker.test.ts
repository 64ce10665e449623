/** Discovery in a thread of its own: it finds the same, and nothing in a folder keeps it from ending. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Discovered } from '../../../src/core/addServices/proposal';
import { searchInWorker } from '../../../src/os/folders/searchInWorker';
import { repositoryRoot } from '../../support/repository';
import { makeScratch, removeScratch } from '../../support/scratch';

describe('os/folders/searchInWorker', function () {
  this.timeout(60_000);
  let scratch: string;
  let bundle: string;

  before(async () => {
    scratch = await makeScratch('searchInWorker');
    bundle = join(scratch, 'discoveryWorker.js');
    await build({
      entryPoints: [join(repositoryRoot, 'src/composition/discoveryWorker.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'silent',
    });
  });

  after(() => removeScratch(scratch));

  const idsOf = ({ proposals, ended }: Discovered) => [proposals.map(({ id }) => id), ended];

  async function folderWith(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    const folder = join(scratch, name);
    await mkdir(folder);
    for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
    return folder;
  }

  it('finds the services in a folder', async () => {
    const folder = await folderWith('plain', { 'main.py': 'from fastapi import FastAPI\napp = FastAPI()\n' });
    assert.deepEqual(idsOf(await searchInWorker(bundle, folder)), [['backend'], 'complete']);
  });

  it('ends for a package.json of 100 MB, a circle of links and a pipe', async () => {
    const folder = await folderWith('hostile', {
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
      'package.json': '{',
    });
    await truncate(join(folder, 'package.json'), 100 * 1024 * 1024);
    if (process.platform !== 'win32') {
      await symlink(folder, join(folder, 'loop'));
      execFileSync('mkfifo', [join(folder, 'compose.yaml')]);
    }
    assert.deepEqual(idsOf(await searchInWorker(bundle, folder)), [['backend'], 'complete']);
  });

  it('returns what was found so far when a step does not end', async () => {
    const stuck = join(scratch, 'stuck.js');
    const discovered = { proposals: [{ id: 'db', config: { command: 'x' }, evidence: [] }], ended: 'complete' };
    await writeFile(
      stuck,
      `require('node:worker_threads').parentPort.postMessage(${JSON.stringify({ kind: 'soFar', discovered })}); setTimeout(() => { for (;;); }, 50);`,
    );
    assert.deepEqual(idsOf(await searchInWorker(stuck, scratch)), [['db'], 'outOfTime']);
  });

  it('returns nothing when the thread fails', async () => {
    const broken = join(scratch, 'broken.js');
    await writeFile(broken, 'throw new Error("no memory");');
    assert.deepEqual(idsOf(await searchInWorker(broken, scratch)), [[], 'outOfTime']);
  });
});
