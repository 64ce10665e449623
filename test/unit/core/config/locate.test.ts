import assert from 'node:assert/strict';
import { locateService, locateServices } from '../../../../src/core/config/locate';
import { readMarks } from './marked';

describe('core/config/locate', () => {
  it('returns the range of the key, quotes included', () => {
    const { text, ranges } = readMarks('// top\n{ "services": { "a": { "b": 1 }, ⟦"b"⟧: {}, } }');
    assert.deepEqual(locateService(text, 'b'), ranges[0]);
  });

  it('returns undefined when the text has no such service', () => {
    for (const text of ['', '[]', '{}', '{ "services": 1 }', '{ "services": { "b": {} } }', '[['.repeat(10_000)]) {
      assert.equal(locateService(text, 'a'), undefined);
    }
  });

  it('lists all services in the order of the file, even in a text with a syntax error', () => {
    assert.deepEqual([...locateServices('{ "services": { "b": {} "a": {').keys()], ['b', 'a']);
  });
});
