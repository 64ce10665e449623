/** No code without a real situation from which it was the first to be told. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../../src/core/diagnosis/codes';
import type { Code } from '../../../src/core/diagnosis/codes';
import { repositoryRoot } from '../../support/repository';

/** Made elsewhere: inside VS Code, whose terminals run the steps. */
const madeElsewhere: Partial<Record<Code, string>> = {
  'setup-failed': 'test/host/setup.test.ts',
  'terminal-blocked': 'test/host/heldTerminal.test.ts',
};

const read = (...path: readonly string[]): string => readFileSync(join(repositoryRoot, ...path), 'utf8');

describe('every code', () => {
  const here = readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => read('test/os/diagnosis', name))
    .join('\n');

  for (const code of codes) {
    it(`${code} is told first in a real situation`, () => {
      const elsewhere = madeElsewhere[code];
      const isTold = new RegExp(`tells\\(\\s*'${code}'|codesOf\\(.*\\), \\['${code}'\\]|code: '${code}', what:`).test(here);
      assert.ok(elsewhere === undefined ? isTold : read(elsewhere).includes(`'${code}'`));
    });
  }
});
