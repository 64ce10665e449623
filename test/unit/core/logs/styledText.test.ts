/** Colours of lines, hostile ones included. */
import assert from 'node:assert/strict';
import { colorText, contrast, fixedColor, readable, readColor } from '../../../../src/core/logs/contrast';
import type { Rgb } from '../../../../src/core/logs/contrast';
import { visibleText } from '../../../../src/core/logs/invisible';
import { piecesOf, plainText } from '../../../../src/core/logs/styledText';
import { OutputTail } from '../../../../src/core/output/outputTail';

const esc = '\u001b';
const read = (text: string) => new OutputTail().appendStyled(`${text}\n`);

describe('core/logs: styled text', () => {
  it('is split where the style changes', () => {
    assert.deepEqual(piecesOf(`a${esc}[1;31mb${esc}[39mc${esc}[0md`), [
      { text: 'a', style: {} },
      { text: 'b', style: { bold: true, color: 1 } },
      { text: 'c', style: { bold: true } },
      { text: 'd', style: {} },
    ]);
  });

  it('has the colours of the palette, of 256 and of 16 million, in the forms with ; and :', () => {
    const styles = [`[92m`, `[38;5;208m`, `[48;2;1;2;255m`, `[38:2:1:2:3m`, `[38;5;999m`, `[38m`].map(
      (code) => piecesOf(`${esc}${code}x`)[0]?.style,
    );
    assert.deepEqual(styles, [{ color: 10 }, { color: 208 }, { background: '#0102ff' }, { color: '#010203' }, {}, {}]);
  });

  it('is read from output with its colours only, and without codes for the rest', () => {
    const [line] = read(`${esc}]0;title\u0007${esc}[31mred${esc}[0m${esc}[2K${esc}[5G plain`);
    assert.equal(line?.text, 'red plain');
    assert.equal(line.styled, `${esc}[31mred${esc}[0m plain`);
    assert.equal(plainText(line.styled), line.text);
    assert.deepEqual(read('plain'), [{ text: 'plain' }]);
  });

  it('drops the colours of a line with too many codes, and of one that is cut', () => {
    assert.deepEqual(read(`${`${esc}[31m`.repeat(300)}bomb`), [{ text: 'bomb' }]);
    const [cut] = read(`${esc}[31m${'x'.repeat(5000)}`);
    assert.deepEqual([cut?.text.length, cut?.styled], [2003, undefined]);
  });

  it('shows characters that are invisible, or reverse others, by their number', () => {
    assert.equal(visibleText('a\u202eb\u0000c\u200bd\te'), 'a‹U+202E›b‹U+0000›c‹U+200B›d\te');
    assert.equal(visibleText('שלום 👩\u200d💻 ü'), 'שלום 👩\u200d💻 ü');
  });
});

describe('core/logs: contrast', () => {
  it('reads the colours of themes', () => {
    assert.deepEqual(['#abc', '#0102ff', '#0102ff80', ' rgb(1, 2, 3)', 'rgba(1,2,3,0.5)', 'red'].map(readColor), [
      [170, 187, 204],
      [1, 2, 255],
      [1, 2, 255],
      [1, 2, 3],
      [1, 2, 3],
      undefined,
    ]);
  });

  it('makes every colour readable on every background', () => {
    const backgrounds: readonly Rgb[] = [
      [255, 255, 255],
      [31, 31, 31],
      [0, 0, 0],
      [253, 246, 227],
    ];
    for (const background of backgrounds)
      for (let index = 16; index < 256; index += 1) {
        const color = readable(fixedColor(index), background, 4.5);
        assert.ok(contrast(color, background) >= 4.5, `${index} on ${colorText(background)}: ${colorText(color)}`);
      }
  });

  it('leaves a colour that is readable as it is', () => {
    assert.deepEqual(readable([0, 0, 200], [255, 255, 255], 4.5), [0, 0, 200]);
  });
});
