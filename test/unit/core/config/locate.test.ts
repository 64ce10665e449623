import assert from 'node:assert/strict';
import { locateService, locateServices } from '../../../../src/core/config/locate';
import { readMarks } from './marked';

describe('locating a service', () => {
  it('finds the key, quotes included', () => {
    const { text, ranges } = readMarks('// top\n{ "services": { "a": { "b": 1 }, ⟦"b"⟧: {}, } }');
    assert.deepEqual(locateService(text, 'b'), ranges[0]);
  });

  it('finds nothing where there is nothing', () => {
    for (const text of ['', '[]', '{}', '{ "services": 1 }', '{ "services": { "b": {} } }', '[['.repeat(10_000)]) {
      assert.equal(locateService(text, 'a'), undefined);
    }
  });

  it('lists all in the order of the file, also in a text with a syntax error', () => {
    assert.deepEqual([...locateServices('{ "services": { "b": {} "a": {').keys()], ['b', 'a']);
  });
});
