/** README lists every code, with its meaning and its fix. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../../../src/core/diagnosis/codes';
import { repositoryRoot } from '../../../support/repository';

describe('the table of codes in README', () => {
  const text = readFileSync(join(repositoryRoot, 'README.md'), 'utf8');
  const table = text.split('### Codes')[1]?.split('\n## ')[0] ?? '';

  for (const code of codes) {
    it(`tells what ${code} means, and how it is mended`, () => {
      const row = table.split('\n').find((line) => line.startsWith(`| \`${code}\` `));
      const [meaning = '', fix = ''] = (row ?? '').split('|').slice(2, 4);
      assert.match(meaning, /\w.*\.\s*$/);
      assert.match(fix, /\w.*\.\s*$/);
    });
  }

  it('has no other code', () => {
    const told = [...table.matchAll(/^\| `([\w-]+)`/gm)].map(([, code]) => code);
    assert.deepEqual([...told].sort(), [...codes].sort());
  });
});
