/** Labels of workspace folders: the name, completed only where it is not unique. */
import assert from 'node:assert/strict';
import { folderLabels } from '../../../../src/core/config/folderLabels';

const labels = (...folders: readonly (readonly [path: string, name: string])[]): readonly string[] =>
  folderLabels(folders.map(([path, name]) => ({ path, name })));

describe('core/config: folderLabels', () => {
  it('returns the names where they differ', () => {
    assert.deepEqual(labels(['/home/me/shop', 'shop'], ['/home/me/blog', 'The blog']), ['shop', 'The blog']);
  });

  it('completes a repeated name by the folder above it', () => {
    assert.deepEqual(labels(['/home/me/shop/app', 'app'], ['/home/me/blog/app', 'app']), ['app', 'app (blog)']);
    assert.deepEqual(labels(['C:\\shop\\app', 'app'], ['C:\\blog\\app\\', 'app']), ['app', 'app (blog)']);
  });

  it('takes as many folders above as it needs', () => {
    assert.deepEqual(labels(['/a/x/app', 'app'], ['/b/x/app', 'app'], ['/c/x/app', 'app']), ['app', 'app (x)', 'app (c/x)']);
  });

  it('leaves its name to a folder that is really called like a completed one', () => {
    assert.deepEqual(labels(['/shop/app', 'app'], ['/blog/app', 'app'], ['/x', 'app (blog)']), ['app', 'app (2)', 'app (blog)']);
  });

  it('counts where paths cannot tell folders apart', () => {
    assert.deepEqual(labels(['/app', 'app'], ['/app', 'app'], ['/app', 'app']), ['app', 'app (2)', 'app (3)']);
  });
});
