/** Bundles tests for a Node of Windows, which cannot load TypeScript under Wine: tsx needs a program of that system there. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { glob } from './glob';
import { repositoryRoot } from './repository';

/**
 * Folders and files of `test` that run under Wine as well, beside test/wine: what depends on the system's paths, command lines, environments,
 * files and sockets. The rest of core and app knows no system (the import rule).
 */
export const shared = [
  'unit/core/compose',
  'unit/core/config',
  'unit/core/shells',
  'unit/core/workspaceFiles',
  'unit/discovery',
  'unit/os',
  'unit/svc',
  'os/agents/searchLines.test.ts',
  'os/chosenPort.test.ts',
  'os/diagnosis/everyCode.test.ts',
  'os/portTable/bindOnWindows.test.ts',
  'os/portTable/forbidden.test.ts',
  'os/portTable/parsers.test.ts',
  'os/runtimes.test.ts',
  'os/setup.test.ts',
  'os/sharing',
  'os/storage',
];

/** In the repository, so that its packages are found. */
export const bundles = join(repositoryRoot, 'dist', 'test', 'wine');

/** `on` makes of a path of this system that of the system of the tests. Returns the files of the bundles. */
export async function bundleTests(on: (path: string) => string, others: readonly string[] = []): Promise<readonly string[]> {
  // A test that was deleted must not go on running from its old bundle.
  await rm(bundles, { recursive: true, force: true });
  const own = await glob(join(repositoryRoot, 'test', 'wine'), '.test.ts');
  const options: BuildOptions = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    packages: 'external',
    logLevel: 'error',
    absWorkingDir: repositoryRoot,
    plugins: [placed(on)],
  };
  await build({ ...options, entryPoints: own, outdir: bundles });
  // One bundle of all, as they share most of their modules.
  const files = (await Promise.all(others.map(testsAt))).flat();
  const contents = files.map((file) => `import ${JSON.stringify(file)};`).join('\n');
  if (files.length > 0)
    await build({ ...options, stdin: { contents, resolveDir: repositoryRoot }, outfile: join(bundles, 'shared.test.js') });
  await mkdir(join(bundles, 'windows'));
  for (const file of ['helper.js', `koffi-win32-${process.arch}.node`])
    await copyFile(join(repositoryRoot, 'dist', 'windows', file), join(bundles, 'windows', file));
  return glob(bundles, '.test.js');
}

async function testsAt(path: string): Promise<string[]> {
  const full = join(repositoryRoot, 'test', path);
  if (!existsSync(full)) throw new Error(`${full} does not exist.`);
  return path.endsWith('.ts') ? [full] : (await glob(full, '.test.ts')).toSorted();
}

/** Tests find the repository by their own place, which a bundle would move. Sources look beside the bundle, as in the package. */
const placed = (on: (path: string) => string): Plugin => ({
  name: 'placed',
  setup(builder) {
    builder.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (!path.startsWith(join(repositoryRoot, 'test'))) return undefined;
      const place = on(path);
      const text = (await readFile(path, 'utf8'))
        .replaceAll('import.meta.url', JSON.stringify(`file:///${place.replaceAll('\\', '/')}`))
        .replaceAll('import.meta.dirname', JSON.stringify(on(dirname(path))));
      return { loader: 'ts', contents: text };
    });
  },
});
