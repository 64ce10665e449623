/** Every code is the verdict of a test with real processes. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codes } from '../../../src/core/diagnosis/codes';
import type { Code } from '../../../src/core/diagnosis/codes';
import { repositoryRoot } from '../../support/repository';

/** These need the terminals of VS Code, or an engine. */
const testedElsewhere: Partial<Record<Code, string>> = {
  'setup-failed': 'test/host/setup.test.ts',
  'killed-by-command': 'test/host/killed.test.ts',
  'killed-from-outside': 'test/host/killed.test.ts',
  'second-copy': 'test/host/secondCopy.test.ts',
  'container-unhealthy': 'test/engine/compose.test.ts',
  'container-oom': 'test/engine/compose.test.ts',
  'image-missing': 'test/engine/compose.test.ts',
  'compose-invalid': 'test/engine/compose.test.ts',
  'port-allocated': 'test/engine/compose.test.ts',
  'terminal-blocked': 'test/host/heldTerminal.test.ts',
};

const read = (...path: readonly string[]): string => readFileSync(join(repositoryRoot, ...path), 'utf8');

/** The assertions of these tests: on the verdict, on all findings, a row in a table of cases, or with the title of the first action. */
const evidenceOf = (code: Code): RegExp =>
  new RegExp(
    `expectVerdict\\(\\s*'${code}'|codesOf\\(.*\\), \\['${code}'\\]|code: '${code}',\\s*what:|\\bverdict\\('${code}'\\)|'${code}',\\s*/`,
  );

describe('every code', () => {
  const here = ['test/os/diagnosis', 'test/os/firstActions']
    .flatMap((folder) => readdirSync(join(repositoryRoot, folder)).map((name) => [folder, name] as const))
    .filter(([, name]) => name.endsWith('.test.ts'))
    .map(([folder, name]) => read(folder, name))
    .join('\n');

  for (const code of codes) {
    it(`${code} is the verdict of a test with real processes`, () => {
      const elsewhere = testedElsewhere[code];
      const isTested = evidenceOf(code).test(here);
      assert.ok(elsewhere === undefined ? isTested : read(elsewhere).includes(`'${code}'`));
    });
  }
});
