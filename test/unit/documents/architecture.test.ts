/** The table of folders in ARCHITECTURE.md is that of `src`. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';
import { sectionOf } from './support/markdown';

/** Parts of a folder that has a row of its own. */
const parts = /^(?:core\/diagnosis|discovery)\//;

const source = join(repositoryRoot, 'src');
const rows = sectionOf(readFileSync(join(repositoryRoot, 'ARCHITECTURE.md'), 'utf8'), '## Folders')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(join(source, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => (folder === '' ? name : `${folder}/${name}`));

describe('the table of folders in ARCHITECTURE.md', () => {
  it('names only what exists', () => {
    assert.deepEqual(
      rows.filter((name) => !existsSync(join(source, name))),
      [],
    );
  });

  it('names every folder', () => {
    const layers = foldersIn('');
    const folders = [...layers, ...layers.flatMap(foldersIn)].filter((folder) => !parts.test(folder));
    assert.deepEqual(
      folders.filter((folder) => !rows.includes(folder)),
      [],
    );
  });
});
