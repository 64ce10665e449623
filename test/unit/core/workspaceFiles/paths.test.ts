import assert from 'node:assert/strict';
import { isInside, joinPath, parentOf, upTo } from '../../../../src/core/workspaceFiles/paths';

describe('core/workspaceFiles/paths', () => {
  it('joins a folder and a relative path, and resolves . and ..', () => {
    assert.equal(joinPath('/shop', 'a/b'), '/shop/a/b');
    assert.equal(joinPath('/shop/.git/worktrees/x', '../..'), '/shop/.git');
    assert.equal(joinPath('/', 'a'), '/a');
    assert.equal(joinPath('/shop', '/other'), '/other');
    assert.equal(joinPath('/shop', './main.go'), '/shop/main.go');
    assert.equal(joinPath(String.raw`C:\shop`, 'a/b'), String.raw`C:\shop\a\b`);
  });

  it('recognizes paths inside a folder', () => {
    assert.ok(isInside('/shop/a', '/shop'));
    assert.ok(isInside('/shop', '/shop/'));
    assert.ok(!isInside('/shopping', '/shop'));
    assert.ok(isInside(String.raw`c:\Shop\a`, String.raw`C:\shop`));
    assert.ok(isInside('/a', '/'));
    assert.ok(!isInside('/Shop/a', '/shop'));
    assert.ok(isInside('/Shop/a', '/shop', 'loose'));
    assert.ok(!isInside('/Shopping/a', '/shop', 'loose'));
    assert.ok(isInside(String.raw`c:\Shop\a`, 'C:/shop'));
    assert.ok(isInside('c:/Shop/a', String.raw`C:\shop`));
    assert.ok(isInside(String.raw`\Shop\a`, '/shop', 'loose'));
    assert.ok(!isInside(String.raw`/shop\a`, '/shop'));
  });

  it('lists a folder and its parents up to the top', () => {
    assert.deepEqual(upTo('/shop/a/b', '/shop'), ['/shop/a/b', '/shop/a', '/shop']);
    assert.deepEqual(upTo('/elsewhere', '/shop'), ['/elsewhere']);
    assert.equal(parentOf('/a'), '/');
    assert.equal(parentOf('/'), '/');
    assert.equal(parentOf(String.raw`C:\a`), 'C:\\');
  });
});
