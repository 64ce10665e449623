/** Clicks through the packaged extension: `npm run test:e2e [-- mocha's arguments, such as --grep text]`. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { acquireEditor } from './editor/acquire';
import { repositoryRoot, resultsFolder, vsixPath } from './repository';
import { npm, run } from './run';

export async function main(args: readonly string[]): Promise<number> {
  if (!(await packaged())) return 1;
  await rm(resultsFolder, { recursive: true, force: true });
  await acquireEditor(console.log);
  const mocha = join(repositoryRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const patience = ['--timeout', '120000', '--slow', '20000', '--require', 'test/support/workbench/onFailure.ts'];
  return (await run(process.execPath, [mocha, 'test/e2e/**/*.test.ts', ...patience, ...args])).code ?? 1;
}

/** Makes the .vsix that sessions install; prints why when it returns false. */
export async function packaged(): Promise<boolean> {
  await rm(vsixPath, { force: true });
  const { code, output } = await npm(['run', '--silent', 'package'], { cwd: repositoryRoot, output: 'keep' });
  if (code !== 0) console.error(output);
  return code === 0;
}
