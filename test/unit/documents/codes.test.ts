/** docs/diagnostic-codes.md lists every code, with its meaning and its fix. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../../src/core/diagnosis/codes';
import { repositoryRoot } from '../../support/repository';
import { rowsOf } from './support/markdown';

describe('docs/diagnostic-codes.md', () => {
  const rows = rowsOf(readFileSync(join(repositoryRoot, 'docs', 'diagnostic-codes.md'), 'utf8'));

  for (const code of codes) {
    it(`states the meaning of ${code} and its fix`, () => {
      const [meaning = '', fix = ''] = rows.get(code) ?? [];
      assert.match(meaning, /^\w.*\.$/);
      assert.match(fix, /^\w.*\.$/);
    });
  }

  it('lists the codes in their order, and no other code', () => {
    assert.deepEqual([...rows.keys()], codes);
  });
});
