/** README lists every code with its meaning and its fix. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../../../src/core/diagnosis/codes';
import { repositoryRoot } from '../../../support/repository';

describe('the table of codes in README', () => {
  const text = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');
  const table = text.split('### Codes')[1]?.split('\n## ')[0] ?? '';

  for (const code of codes) {
    it(`has the meaning and the fix of ${code}`, () => {
      const row = table.split('\n').find((line) => line.startsWith(`| \`${code}\` `));
      const [meaning = '', fix = ''] = (row ?? '').split('|').slice(2, 4);
      assert.match(meaning, /\w.*\.\s*$/);
      assert.match(fix, /\w.*\.\s*$/);
    });
  }

  it('has no unknown code', () => {
    const listed = [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, code]) => code);
    assert.deepEqual([...listed].sort(), [...codes].sort());
  });
});
