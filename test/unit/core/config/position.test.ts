import assert from 'node:assert/strict';
import { positionAt } from '../../../../src/core/config/position';

describe('core/config/position', () => {
  it('counts lines and UTF-16 units with every kind of line break', () => {
    const text = 'a\nbé😀c\r\nd\re';
    const places = [0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 99].map((offset) => {
      const { line, character } = positionAt(text, offset);
      return `${line}:${character}`;
    });
    assert.deepEqual(places, ['0:0', '0:1', '1:0', '1:2', '1:4', '1:5', '1:5', '2:0', '2:1', '3:0', '3:1', '3:1']);
  });
});
