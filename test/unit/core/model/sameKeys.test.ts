import assert from 'node:assert/strict';
import { hasSameKeys } from '../../../../src/core/model/sameKeys';

describe('core/model/sameKeys', () => {
  it('compares the members of sets in any order, and the keys of maps without their values', () => {
    assert.ok(hasSameKeys(new Set([1, 2]), new Set([2, 1])));
    assert.ok(hasSameKeys(new Map([['a', 1]]), new Map([['a', 2]])));
    assert.ok(!hasSameKeys(new Set([1, 2]), new Set([1, 3])));
    assert.ok(!hasSameKeys(new Set([1, 2]), new Set([1])));
    assert.ok(!hasSameKeys(new Set<number>(), new Set([1])));
  });
});
