/** Output on disk: read again after a reload. */
import assert from 'node:assert/strict';
import { appendFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LogStore } from '../../../src/core/output/logStore';
import { systemClock as clock } from '../../../src/os/clock';
import { LogFiles } from '../../../src/os/storage/logFiles';
import { makeScratch, removeScratch } from '../../support/scratch';

describe('os/storage: logFiles', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await makeScratch('logs');
  });

  afterEach(() => removeScratch(folder));

  it('gives the next window every line, with time, run and cursor', async () => {
    const before = new LogStore();
    const files = new LogFiles(folder, before, clock);
    before.append('web', 'r1', ['one', 'tw\u00f6 "quoted"'], 5);
    before.append('api', 'r2', ['other'], 6);
    await files.flush();
    before.append('web', 'r1', ['three'], 7);
    files.dispose();
    await files.flush();
    const store = new LogStore();
    const next = new LogFiles(folder, store, clock);
    store.restore('web', await next.read('web'));
    assert.deepEqual(store.read('web'), before.read('web'));
    store.append('web', 'r1', ['four'], 8);
    await next.flush();
    assert.deepEqual(
      (await next.read('web')).lines.map(({ text }) => text),
      ['one', 'tw\u00f6 "quoted"', 'three', 'four'],
    );
    next.dispose();
  });

  it('leaves out a line that was cut off, and is empty for an unknown service', async () => {
    const store = new LogStore();
    const files = new LogFiles(folder, store, clock);
    store.append('web', 'r1', ['one'], 5);
    await files.flush();
    const [name = ''] = await readdir(folder);
    await appendFile(join(folder, name), '[1,2,"r1');
    assert.deepEqual(
      (await files.read('web')).lines.map(({ text }) => text),
      ['one'],
    );
    assert.deepEqual(await files.read('api'), { lines: [], dropped: 0 });
    // On Windows the folder's own rights decide.
    if (process.platform !== 'win32') assert.equal((await stat(join(folder, name))).mode & 0o077, 0);
    files.dispose();
  });

  it('grows within a bound', async () => {
    const store = new LogStore();
    const files = new LogFiles(folder, store, clock);
    for (let at = 0; at < 30; at += 1) {
      store.append(
        'web',
        'r1',
        Array.from({ length: 500 }, () => 'x'.repeat(1500)),
        at,
      );
      await files.flush();
    }
    const [name = ''] = await readdir(folder);
    assert.ok((await stat(join(folder, name))).size < 17 * 1024 * 1024);
    files.dispose();
  });
});
