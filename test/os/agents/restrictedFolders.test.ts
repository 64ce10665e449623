/** A program learns that a folder is open without trust, as long as its window lives. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RestrictedFolders } from '../../../src/os/agents/restrictedFolders';
import { makeScratch, removeScratch } from '../../support/scratch';

describe('folders that are open without trust', () => {
  let storage: string;
  beforeEach(async () => (storage = await makeScratch('restricted')));
  afterEach(() => removeScratch(storage));

  it('are known while their window is open, and no longer', () => {
    const folders = new RestrictedFolders(storage);
    assert.equal(folders.has('/shop'), false);
    const note = folders.note('/shop');
    assert.deepEqual([folders.has('/shop'), folders.has('/shop/api')], [true, false]);
    note.dispose();
    note.dispose();
    assert.equal(folders.has('/shop'), false);
  });

  it('are not known by the note of a window that was killed, nor by nonsense', () => {
    const folders = new RestrictedFolders(storage);
    folders.note('/shop').dispose();
    const note = folders.note('/shop');
    const [name = ''] = readdirSync(join(storage, 'restricted'));
    note.dispose();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    for (const end of [String(gone), 'x', '', '-1x']) writeFileSync(join(storage, 'restricted', name.replace(/\d+$/, end)), '');
    assert.equal(folders.has('/shop'), false);
  });
});
