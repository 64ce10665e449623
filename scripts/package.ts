/** Makes service-lifecycle.vsix: `npm run package`. */
import { join } from 'node:path';
import manifest from '../package.json';
import { repositoryRoot, vsixPath } from '../test/support/repository';
import { run } from '../test/support/run';

/**
 * vsce makes the relative links of README absolute, which VS Code and the Marketplace need: both drop a relative link
 * (seen in VS Code 1.139). It needs the address of the repository for that, and refuses to package without one.
 */
export const packageArguments = (contents: object, vsix: string): readonly string[] => [
  'package',
  '--no-dependencies',
  ...('repository' in contents ? [] : ['--allow-missing-repository', '--no-rewrite-relative-links']),
  '--out',
  vsix,
];

export async function main(): Promise<number> {
  const vsce = join(repositoryRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  return (await run(process.execPath, [vsce, ...packageArguments(manifest, vsixPath)], { cwd: repositoryRoot })).code ?? 1;
}
