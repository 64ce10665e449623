import assert from 'node:assert/strict';
import { useTranslations } from '../../../../src/core/wording/l10n';
import { listOf } from '../../../../src/core/wording/listOf';

describe('core/wording/listOf', () => {
  afterEach(() => useTranslations(undefined));

  it('joins items with "and" or "or"', () => {
    assert.deepEqual(
      [listOf([], 'and'), listOf(['a'], 'and'), listOf(['a', 'b'], 'and'), listOf(['a', 'b', 'c'], 'or')],
      ['', 'a', 'a and b', 'a, b, or c'],
    );
  });

  it('uses the language of the translations', () => {
    useTranslations({}, 'de');
    assert.equal(listOf(['a', 'b', 'c'], 'and'), 'a, b und c');
  });

  it('stays English when there are no translations for the language of VS Code', () => {
    useTranslations(undefined, 'fr');
    assert.equal(listOf(['a', 'b'], 'or'), 'a or b');
  });
});
