import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oneLine, shortened } from '../../../../src/core/wording/text';

const family = '👨‍👩‍👧';
const lengthOf = (text: string): number => Array.from(text).length;

describe('core/wording/text', () => {
  it('puts text on one line without control characters', () => {
    assert.equal(oneLine(' a\r\n\tb\u2028c\u0007d  '), 'a b c d');
  });

  it('keeps a text that fits', () => {
    assert.equal(shortened('  as long  as this', 15), 'as long as this');
    assert.equal(shortened('😀😀😀', 3), '😀😀😀');
  });

  it('cuts a longer text and marks the cut', () => {
    assert.equal(shortened('as long as this', 8), 'as long…');
    assert.equal(shortened('x'.repeat(1024 * 1024), 4), 'xxx…');
  });

  it('never cuts inside an emoji, also one of several code points', () => {
    assert.equal(shortened('😀😀😀😀', 3), '😀😀…');
    assert.equal(shortened(`a${family}${family}`, 8), `a${family}…`);
    assert.equal(shortened(`a${family}${family}`, 5), 'a…');
    assert.equal(shortened('x🇩🇪🇫🇷', 4), 'x🇩🇪…');
  });

  it('returns the whole line, or its beginning within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 20 }), (text, limit) => {
        const line = oneLine(text);
        const short = shortened(text, limit);
        assert.ok(lengthOf(short) <= limit);
        if (lengthOf(line) <= limit) assert.equal(short, line);
        else assert.ok(short.endsWith('…') && line.startsWith(short.slice(0, -1)));
      }),
    );
  });
});
