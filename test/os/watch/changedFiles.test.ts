/** What git says of files, in real repositories. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createChangedFiles } from '../../../src/os/watch/changedFiles';
import { makeScratch, removeScratch } from '../../support/scratch';

const git = (folder: string, ...args: readonly string[]): Buffer =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder, stdio: 'pipe' });

describe('changed files', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await makeScratch('watch');
    await mkdir(join(folder, 'app', 'src'), { recursive: true });
  });

  afterEach(() => removeScratch(folder));

  const ignoredOf = async (files: readonly string[], isAllowed = true): Promise<readonly string[]> => {
    const app = join(folder, 'app');
    const ignored = await createChangedFiles(() => isAllowed).ignored(
      app,
      files.map((file) => join(app, file)),
    );
    return files.filter((file) => ignored.has(join(app, file)));
  };

  it('are ignored where git ignores them, also when they are gone, and with any name', async () => {
    git(folder, 'init', '-q');
    await writeFile(join(folder, '.gitignore'), '*.log\n/app/out/\n!keep.log\n');
    await writeFile(join(folder, 'app', 'src', 'tracked.log'), '');
    git(folder, 'add', '-f', '.');
    const files = ['src/a.ts', 'src/a.log', 'out/x/y.js', 'keep.log', 'src/tracked.log', 'ä "b"\n$(c).log', '-z.log'];
    assert.deepEqual(await ignoredOf(files), ['src/a.log', 'out/x/y.js', 'ä "b"\n$(c).log', '-z.log']);
    assert.deepEqual(await ignoredOf(files, false), [], 'git does not run in a workspace that is not trusted');
    assert.deepEqual(await ignoredOf([]), []);
  });

  it('are not ignored outside of a repository', async () => {
    assert.deepEqual(await ignoredOf(['src/a.log']), []);
  });

  it('are being changed while the index is locked, in a repository and in a worktree', async () => {
    const { isBusy } = createChangedFiles(() => true);
    const src = join(folder, 'app', 'src');
    assert.equal(await isBusy(src), false);
    git(folder, 'init', '-q');
    git(folder, 'commit', '-q', '--allow-empty', '-m', 'first');
    assert.equal(await isBusy(src), false);
    await writeFile(join(folder, '.git', 'index.lock'), '');
    assert.equal(await isBusy(src), true);
    await rm(join(folder, '.git', 'index.lock'));
    git(folder, 'worktree', 'add', '-q', 'tree');
    const tree = join(folder, 'tree');
    try {
      assert.equal(await isBusy(tree), false);
      await writeFile(join(folder, '.git', 'worktrees', 'tree', 'index.lock'), '');
      assert.deepEqual([await isBusy(tree), await isBusy(src)], [true, false]);
    } finally {
      await removeScratch(tree);
    }
  });

  it('have the time of their last change, whatever time was written into them', async () => {
    const { changedAt } = createChangedFiles(() => true);
    const file = join(folder, 'a');
    const before = Date.now();
    await writeFile(file, '');
    await utimes(file, 1, 1);
    const changed = await changedAt(file);
    assert.ok(changed !== undefined && Math.abs(changed - before) < 60_000, String(changed));
    assert.equal(await changedAt(join(folder, 'gone')), undefined);
  });
});
