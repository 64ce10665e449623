import assert from 'node:assert/strict';
import { useTranslations } from '../../../../src/core/wording/l10n';
import { listOf } from '../../../../src/core/wording/listOf';

describe('core/wording/listOf', () => {
  it('lists items in English', () => {
    assert.deepEqual(
      [[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map((items) => listOf(items, 'and')),
      ['', 'a', 'a and b', 'a, b, and c'],
    );
    assert.equal(listOf(['200', '204'], 'or'), '200 or 204');
  });

  it('lists items in the display language', () => {
    useTranslations({}, 'de');
    try {
      assert.equal(listOf(['a', 'b', 'c'], 'and'), 'a, b und c');
      assert.equal(listOf(['a', 'b'], 'or'), 'a oder b');
    } finally {
      useTranslations(undefined);
    }
  });

  it('lists items in English when the display language has no translation', () => {
    useTranslations(undefined, 'fr');
    assert.equal(listOf(['a', 'b'], 'and'), 'a and b');
  });
});
