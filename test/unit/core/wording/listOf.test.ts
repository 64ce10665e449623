import assert from 'node:assert/strict';
import { useTranslations } from '../../../../src/core/wording/l10n';
import { listOf } from '../../../../src/core/wording/listOf';

describe('listOf', () => {
  it('joins English items with "and" or "or"', () => {
    assert.deepEqual(
      [listOf([], 'and'), listOf(['a'], 'and'), listOf(['a', 'b'], 'and'), listOf(['a', 'b', 'c'], 'or')],
      ['', 'a', 'a and b', 'a, b, or c'],
    );
  });

  it('follows the language of the translations', () => {
    useTranslations({}, 'de');
    try {
      assert.equal(listOf(['a', 'b', 'c'], 'and'), 'a, b und c');
    } finally {
      useTranslations(undefined);
    }
  });

  it('stays English in a language without translations', () => {
    useTranslations(undefined, 'fr');
    assert.equal(listOf(['a', 'b'], 'or'), 'a or b');
  });
});
