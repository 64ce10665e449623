import assert from 'node:assert/strict';
import { isWatched, rootOf } from '../../../../src/core/watch/pattern';

const counts = (path: string, paths: readonly string[], ignore: readonly string[] = []): boolean =>
  isWatched({ paths, ignore }, path);

describe('core/watch/pattern', () => {
  const cases: readonly (readonly [pattern: string, yes: readonly string[], no: readonly string[]])[] = [
    ['src/**/*.py', ['src/a.py', 'src/a/b/c.py'], ['a.py', 'src/a.pyc', 'lib/src/a.py', 'src']],
    ['*.py', ['a.py', '.py'], ['src/a.py', 'a.pyx']],
    ['**/*.{ts,tsx}', ['a.ts', 'x/y/a.tsx'], ['a.js', 'a.{ts,tsx}']],
    ['src', ['src', 'src/a', 'src/a/b.txt'], ['source/a', 'lib/src']],
    ['./src/', ['src/a'], ['a']],
    ['config.yaml', ['config.yaml'], ['config.yml', 'x/config.yaml']],
    ['a?.txt', ['ab.txt'], ['a.txt', 'abc.txt']],
    ['../shared/**', ['../shared/x/y.ts'], ['shared/x', '../other/x']],
    ['**', ['a', 'a/b'], ['node_modules/a.js', 'a/__pycache__/b.pyc', '.git/index', '.vscode/services.json']],
    ['**/a/**/b/*c*', ['a/b/c', 'x/a/y/a/z/b/acb'], ['a/b', 'b/a/c']],
    ['{a,b}/{c,d}.js', ['a/c.js', 'b/d.js'], ['c/a.js', 'a/e.js']],
    ['a.(js|ts)+[x]', ['a.(js|ts)+[x]'], ['a.js', 'ajs']],
  ];
  for (const [pattern, yes, no] of cases) {
    it(`${pattern} means ${yes.join(', ')}`, () => {
      assert.deepEqual([yes.filter((path) => !counts(path, [pattern])), no.filter((path) => counts(path, [pattern]))], [[], []]);
    });
  }

  it('leaves out what is ignored: a name everywhere, a folder with everything in it', () => {
    const ignore = ['*.test.ts', 'src/generated', './top.ts'];
    const left = ['a.test.ts', 'src/x/a.test.ts', 'src/generated/api/a.ts', 'src/a.ts', 'top.ts', 'src/top.ts'];
    assert.deepEqual(
      left.filter((path) => counts(path, ['**'], ignore)),
      ['src/a.ts', 'src/top.ts'],
    );
  });

  it('needs no more time for a pattern of many wildcards', () => {
    assert.equal(counts('a'.repeat(2000), [`${'*a'.repeat(500)}b`]), false);
    assert.equal(counts(Array.from({ length: 500 }, () => 'a').join('/'), [`${'**/a/'.repeat(200)}b`]), false);
    assert.equal(counts('a', ['{a,b}'.repeat(50)]), false);
  });

  it('observes the folder of the service, or what a pattern above it names', () => {
    assert.deepEqual(
      ['src/**', '../shared/src/**/*.ts', '../../config.yaml', '../**'].map((pattern) => rootOf('/shop/apps/api', pattern)),
      ['/shop/apps/api', '/shop/apps/shared/src', '/shop', '/shop/apps'],
    );
  });
});
