/** Command lines that are written for Windows, in bash: there it is Git Bash. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { withBatchNames } from '../../src/core/shells/batchNames';
import { makeScratch, removeScratch } from '../support/scratch';

describe('a command line for Windows in bash', () => {
  let folder: string;
  before(async () => {
    folder = await makeScratch('bash');
    await writeFile(join(folder, 'npm.cmd'), '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    await chmod(join(folder, 'npm.cmd'), 0o755);
  });
  after(() => removeScratch(folder));

  for (const [line, args] of [
    ['npm run dev -- --port 5173 --strictPort', ['run', 'dev', '--', '--port', '5173', '--strictPort']],
    ['npm run "a b"', ['run', 'a b']],
  ] as const)
    it(`keeps its arguments: ${line}`, async () => {
      const written = await withBatchNames(line, () => Promise.resolve(true));
      const env = { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` };
      const { stdout } = spawnSync('bash', ['-c', written], { env, encoding: 'utf8' });
      assert.deepEqual(stdout.trimEnd().split('\n'), args);
    });
});
