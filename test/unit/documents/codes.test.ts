/** docs/diagnostic-codes.md lists every code with its meaning and its fix, and docs/diagnostics.md with an example and the first action. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../../src/core/diagnosis/codes';
import { findingsOf } from '../../../src/core/diagnosis/diagnosis';
import { repositoryRoot } from '../../support/repository';
import { cases } from '../core/diagnosis/cases';
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

describe('docs/diagnostics.md', () => {
  const rows = rowsOf(readFileSync(join(repositoryRoot, 'docs', 'diagnostics.md'), 'utf8'));

  it('lists the codes in their order', () => assert.deepEqual([...rows.keys()], codes));

  for (const code of codes) {
    it(`shows an example of ${code} and its first action`, () => {
      const [example = '', first = ''] = rows.get(code) ?? [];
      const offered = cases
        .filter((each) => each.code === code)
        .flatMap(({ sick }) => findingsOf(sick)[0]?.actions[0]?.title ?? []);
      assert.notEqual(example, '');
      assert.ok(offered.includes(first), `"${first}" is not one of ${offered.join(', ')}`);
    });
  }
});
