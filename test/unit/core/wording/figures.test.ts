import assert from 'node:assert/strict';
import { bytes, percent } from '../../../../src/core/wording/figures';

describe('core/wording: figures of processes', () => {
  it('show percent with one digit after the point below 10', () => {
    assert.deepEqual([0, 0.44, 9.96, 12.3, 250].map(percent), ['0%', '0.4%', '10%', '12%', '250%']);
  });

  it('show bytes in a unit that leaves a whole part', () => {
    assert.deepEqual([0, 1023, 1024, 88_500_000, 1_300_000_000].map(bytes), ['0 B', '1,023 B', '1 KB', '84 MB', '1.2 GB']);
  });
});
