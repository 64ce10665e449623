/** The search of agents in logs. */
import assert from 'node:assert/strict';
import { searchLines } from '../../../src/os/agents/searchLines';

describe('os/agents: searchLines', () => {
  const lines = ['GET /api 200', 'Error: no such table', 'get /health 200'];

  it('finds a text in any case', () => {
    assert.deepEqual(searchLines(lines, 'get'), [true, false, true]);
  });

  it('finds a regular expression with its flags', () => {
    assert.deepEqual(searchLines(lines, '/^get.*\\d{3}$/i'), [true, false, true]);
    assert.deepEqual(searchLines(lines, '/^get/g'), [false, false, true]);
  });

  it('takes a text that looks like a path for a text', () => {
    assert.deepEqual(searchLines(lines, '/api'), [true, false, false]);
  });

  it('refuses an invalid expression', () => {
    assert.equal(searchLines(lines, '/(/'), undefined);
    assert.equal(searchLines(lines, '/a/qq'), undefined);
  });

  it('gives up an expression that would never end', () => {
    assert.equal(searchLines(['a'.repeat(2000)], '/(a+)+$b/'), undefined);
  });
});
