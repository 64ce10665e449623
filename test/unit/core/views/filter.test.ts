/** The filter of the Services view. */
import assert from 'node:assert/strict';
import { filtered } from '../../../../src/core/views/filter';
import { row, tree } from '../../../../src/core/views/tree';
import type { TreeNode } from '../../../../src/core/views/tree';
import { named } from './samples';
import type { Service } from '../../../../src/core/lifecycle/state';

const stopped = { kind: 'stopped', cause: { kind: 'never' } } as const;
const service = (key: string, ...groups: string[]): Service => {
  const made = named(key, stopped);
  return { ...made, spec: { ...made.spec, groups } };
};
const services = [service('Backend', 'core'), service('frontend', 'core', 'site'), service('docs')];
const broken = [{ id: 'back-office', key: 'back-office', folder: '/shop', folderName: 'shop', message: 'x' }];

const names = (nodes: readonly TreeNode[]): readonly string[] =>
  nodes.flatMap((node) => [row(node).label, ...('children' in node ? names(node.children) : [])]);

describe('core/views/filter', () => {
  it('keeps services whose name contains the text, in any case, also those with mistakes', () => {
    assert.deepEqual(names(filtered(tree(services, broken), 'BACK')), ['Backend', 'back-office']);
    assert.deepEqual(names(filtered(tree(services, broken), '')), ['Backend', 'frontend', 'docs', 'back-office']);
    assert.deepEqual(filtered(tree(services, broken), 'nothing'), []);
  });

  it('keeps a group for its name with all that is in it, else for those of its services that match', () => {
    const rows = tree(services, [], [], 'group');
    assert.deepEqual(names(filtered(rows, 'core')), ['core', 'Backend', 'frontend']);
    assert.deepEqual(names(filtered(rows, 'front')), ['core', 'frontend', 'site', 'frontend']);
  });

  it('takes signs of regular expressions as text', () => {
    assert.deepEqual(filtered(tree(services, broken), '.*'), []);
  });

  it('keeps the error of a file', () => {
    const file = {
      ...{ folder: '/shop', folderName: 'shop', line: 3, column: 1 },
      ...{ message: 'comma expected', shows: 'lastValid' as const },
    };
    assert.deepEqual(names(filtered(tree(services, [], [file]), 'docs')).length, 2);
  });
});
