/** Paths that the system shows for a process, beside those of the workspace: VS Code writes the drive in a small letter, Windows in a capital. */
import assert from 'node:assert/strict';
import { readCheckouts } from '../../../../src/app/diagnosis/checkouts';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { isCopy } from '../../../../src/core/diagnosis/copies';
import type { Checkout, Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import { owner } from './sample';
import { besideServer } from './stateCases';

describe('the same folder in another spelling', () => {
  const placed = (platform: Facts['host']['platform'], configured: string, shown: string): Facts => ({
    ...besideServer({ cwd: shown }),
    cwd: configured,
    host: { platform, isRemote: false, inContainer: false },
  });
  const hasCopy = (given: Facts): boolean => findingsOf(given).some(({ code }) => code === 'second-copy');

  it('has a second copy where case makes no difference to the system', () => {
    assert.ok(hasCopy(placed('windows', String.raw`c:\work\Shop`, String.raw`C:\Work\shop`)));
    assert.ok(hasCopy(placed('darwin', '/Users/ada/Shop', '/Users/ada/shop')));
    assert.ok(!hasCopy(placed('linux', '/home/ada/Shop', '/home/ada/shop')));
    assert.ok(!hasCopy(placed('windows', String.raw`c:\work\Shop`, String.raw`C:\Work\shop\web`)));
  });

  it('has a second copy in the folder that a link leads to', () => {
    const given = placed('linux', '/home/ada/shop', '/data/shop');
    const files = (realCwd: string): Facts['files'] => known({ texts: new Map(), changed: new Map(), realCwd });
    assert.ok(hasCopy({ ...given, files: files('/data/shop') }));
    assert.ok(!hasCopy({ ...given, files: files('/data/other') }));
  });

  const checkout = (root: string): Checkout => ({ root, gitFolder: `${root}/.git`, remotes: ['git@host:a/b'], birth: 'first' });

  it('is no other copy of the repository', () => {
    assert.ok(!isCopy(checkout(String.raw`c:\work\Shop`), checkout(String.raw`C:\Work\shop`)));
    assert.ok(!isCopy(checkout('/Users/ada/Shop'), checkout('/Users/ada/shop')));
    assert.ok(isCopy(checkout(String.raw`c:\work\Shop`), checkout(String.raw`C:\Work\shop2`)));
    const worktree = { ...checkout(String.raw`D:\tree`), remotes: [], birth: 'other', gitFolder: String.raw`C:\Work\shop/.git` };
    const main = { ...checkout(String.raw`c:\work\shop`), gitFolder: String.raw`c:\work\shop\.git` };
    assert.ok(isCopy(main, worktree), 'a worktree names the folder of git as git writes it');
  });

  it('is not looked at for a repository', async () => {
    const asked: string[] = [];
    const files = {
      changedAt: (path: string) => Promise.resolve(void asked.push(path)),
      readText: () => Promise.resolve(undefined),
      realPath: (path: string) => Promise.resolve(path),
    };
    const owners = Promise.resolve(known([owner(99, { cwd: '/Users/ada/shop/web' })]));
    await readCheckouts('/Users/ada/Shop', owners, files as unknown as Parameters<typeof readCheckouts>[2]);
    assert.deepEqual(asked, []);
  });
});
