/**
 * Runs test/host inside the extension host of a real VS Code: `npm run test:host [-- --grep text]`.
 * With `--prepare` it only makes what a debugger starts them with, source maps included (.vscode/launch.json).
 */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { glob } from './glob';
import { repositoryRoot } from './repository';
import { npm, run } from './run';
import { makeScratch, removeScratch } from './scratch';

const fixture = join(repositoryRoot, 'test', 'fixtures', 'host');
/** Takes the place of the extension for Python, which is on the Marketplace only. */
const debugpy = join(repositoryRoot, 'test', 'fixtures', 'debugpy');
const bundles = join(repositoryRoot, 'dist', 'test', 'host');

export async function main(args: readonly string[]): Promise<number> {
  const options = { grep: { type: 'string', short: 'g' }, prepare: { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.prepare) return prepare();
  const { code } = await npm(['run', '--silent', 'build'], { cwd: repositoryRoot });
  if (code !== 0) return 1;
  await bundle();
  const scratch = await makeScratch('workspace');
  try {
    await cp(fixture, scratch, { recursive: true });
    return await runTests({
      ...executable(),
      launchArgs: [scratch],
      extensionDevelopmentPath: [repositoryRoot, debugpy],
      extensionTestsPath: join(bundles, 'index.js'),
      extensionTestsEnv: values.grep === undefined ? {} : { MOCHA_GREP: values.grep },
    });
  } catch {
    // runTests has relayed what the tests said; its own error holds only the exit code.
    return 1;
  } finally {
    await removeScratch(scratch);
  }
}

async function prepare(): Promise<number> {
  const { code } = await run(process.execPath, [join(repositoryRoot, 'scripts', 'build.mjs')]);
  if (code !== 0) return 1;
  await bundle();
  const workspace = join(repositoryRoot, '.cache', 'host');
  await rm(workspace, { recursive: true, force: true });
  await cp(fixture, workspace, { recursive: true });
  return 0;
}

/** Desktop VS Code is downloaded on macOS and Windows; on Linux the server from npm does without a display. */
function executable(): { vscodeExecutablePath?: string } {
  const chosen = process.env['VSCODE_EXECUTABLE'];
  if (chosen) return { vscodeExecutablePath: chosen };
  if (process.platform !== 'linux') return {};
  return { vscodeExecutablePath: join(repositoryRoot, 'test', 'support', 'editor', 'launcher.mjs') };
}

/** The extension host of the packaged extension loads CommonJS only, so tests are bundled as the extension is. */
async function bundle(): Promise<void> {
  // A test that was deleted must not go on running from its old bundle.
  await rm(bundles, { recursive: true, force: true });
  await build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['test/host/index.ts', ...(await glob('test/host', '.test.ts'))],
    outdir: bundles,
    outbase: 'test/host',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
