/** A package from npm that a test's project needs and this repository does not: installed once, into .cache/packages. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from './repository';
import { npm } from './run';

/** The `node_modules` that holds it. `options` are for npm, such as the system that the package is for. */
export async function npmPackage(name: string, version: string, options: readonly string[] = []): Promise<string> {
  const cache = join(repositoryRoot, '.cache', 'packages');
  const home = join(cache, `${name}-${version}`);
  if (!existsSync(home)) {
    await mkdir(cache, { recursive: true });
    // In a folder of its own and renamed at the end, so that an interrupted install is never taken for a whole one.
    const folder = await mkdtemp(join(cache, 'incomplete-'));
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    const quiet = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await npm(['install', ...quiet, ...options, `${name}@${version}`], { cwd: folder, output: 'keep' });
    if (code !== 0) throw new Error(`${name} could not be installed: check that npm can reach its registry. ${output}`);
    await rename(folder, home).catch(() => rm(folder, { recursive: true, force: true }));
  }
  return join(home, 'node_modules');
}
