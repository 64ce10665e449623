import assert from 'node:assert/strict';
import { useTranslations } from '../../../../src/core/wording/l10n';
import { span, wholeSeconds } from '../../../../src/core/wording/span';

describe('core/wording/span', () => {
  afterEach(() => useTranslations(undefined));

  it('returns a duration in its two largest units', () => {
    const figures = [0, 0.2, 850, 999.7, 1000, 2500, 12_345, 60_000, 90_000, 7_500_000, 100_000_000, -1, NaN];
    assert.deepEqual(figures.map(span), [
      '0 s',
      '1 ms',
      '850 ms',
      '1000 ms',
      '1 s',
      '2.5 s',
      '12 s',
      '1 min',
      '1 min 30 s',
      '2 h 5 min',
      '1 d 3 h',
      '0 s',
      '0 s',
    ]);
  });

  it('writes a fraction as the display language does', () => {
    useTranslations({}, 'de');
    assert.equal(span(2500), '2,5 s');
  });

  it('returns whole seconds for figures that change every second', () => {
    assert.deepEqual([0, 999, 1999, 59_999, 61_000, -5].map(wholeSeconds), ['0 s', '0 s', '1 s', '59 s', '1 min 1 s', '0 s']);
  });
});
