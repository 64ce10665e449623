/** Node packages: whether they are needed and installed, and how they are installed. */
import { packageManagers } from '../../model/packageManagers';
import type { PackageManager } from '../../model/packageManagers';
import { commandOf } from '../queries';
import type { Facts, FileFacts } from '../facts';
import { joinPath, upTo } from '../../workspaceFiles/paths';

const lockFiles = packageManagers.flatMap((manager) => manager.lockFiles);

/** Paths that an installation writes last, relative to the folder of package.json. */
const stampsOf = ({ stamps }: PackageManager): readonly string[] =>
  stamps.length === 0 ? ['node_modules'] : stamps.map((stamp) => `node_modules/${stamp}`);

/** Files and folders whose modification time is a fact, beside package.json. */
export const nodeFiles: readonly string[] = [
  'node_modules',
  '.pnp.cjs',
  '.pnp.js',
  ...lockFiles,
  ...packageManagers.flatMap(stampsOf),
];

/**
 * Returns the folder in which the packages of the service are installed: the one with node_modules, else with a lock file, else that of
 * its package.json. Undefined when the service needs no packages, when that is not known, or when it does not use node_modules.
 */
export function packageFolder(facts: Facts, files: FileFacts | undefined): string | undefined {
  if (files === undefined || !usesNode(facts)) return undefined;
  const folders = upTo(facts.cwd, facts.spec.folder);
  if (folders.some((folder) => ['.pnp.cjs', '.pnp.js'].some((name) => files.changed.has(joinPath(folder, name)))))
    return undefined;
  if (!namesPackages(files.texts.get(joinPath(facts.cwd, 'package.json')))) return undefined;
  const installed = folders.find((folder) => files.changed.has(joinPath(folder, 'node_modules')));
  const locked = folders.find((folder) => lockFiles.some((file) => files.changed.has(joinPath(folder, file))));
  return installed ?? locked ?? facts.cwd;
}

/** An installation writes the lock file and the stamp within this time. */
const installWriteMs = 10_000;

/** Whether a lock file was changed after the last installation. */
export function isStale(folder: string, files: FileFacts): boolean {
  const newest = (paths: readonly string[]): number =>
    Math.max(...paths.map((path) => files.changed.get(joinPath(folder, path)) ?? -Infinity));
  return packageManagers.some((manager) => {
    const installed = newest(stampsOf(manager));
    return installed > -Infinity && newest(manager.lockFiles) > installed + installWriteMs;
  });
}

/** Returns the command of the service's own setup step that installs packages, else the one that the lock file implies. */
export function installCommand(facts: Facts, folder: string | undefined, files: FileFacts | undefined): string {
  const step = facts.spec.setup.find(({ command }) =>
    /\b(?:npm (?:ci|i|install)|pnpm (?:i|install)|yarn install|bun (?:i|install))\b/.test(command),
  );
  if (step !== undefined) return step.command;
  const at = folder ?? facts.cwd;
  return `${managerAt(at, files)?.name ?? 'npm'} install`;
}

const usesNode = (facts: Facts): boolean =>
  /(?:^|[\s/\\])(?:npm|npx|pnpm|yarn|bun|node|tsx|vite|next|nodemon|ts-node|react-scripts|ng|vue-cli-service|astro|webpack)(?:\.cmd|\.exe)?(?:\s|$)/.test(
    commandOf(facts),
  );

const namesPackages = (manifest: string | undefined): boolean =>
  packagesIn(manifest, ['dependencies', 'devDependencies']).length > 0;

/** Whether package.json lists the package. */
export const listsPackage = (manifest: string | undefined, name: string): boolean =>
  packagesIn(manifest, ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']).includes(name);

/** Whether package.json names the folder of the package (`file:`, `link:` or `portal:`): an installation takes it from there. */
export function listsByPath(manifest: string | undefined, name: string): boolean {
  const parsed = jsonIn(manifest);
  return ['dependencies', 'devDependencies', 'optionalDependencies'].some((key) => {
    const version = fieldOf(fieldOf(parsed, key), name);
    return typeof version === 'string' && /^(?:file|link|portal):/.test(version);
  });
}

function packagesIn(manifest: string | undefined, keys: readonly string[]): readonly string[] {
  const parsed = jsonIn(manifest);
  return keys.flatMap((key) => {
    const packages = fieldOf(parsed, key);
    return typeof packages === 'object' && packages !== null ? Object.keys(packages) : [];
  });
}

/** Undefined for what is no object, and for what it lacks. */
export const fieldOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** Undefined for what is not valid JSON. */
export function jsonIn(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Names that npm accepts, of which none is an option, needs quotes in a shell or is expanded there. */
export const isPackageName = (name: string): boolean =>
  name.length <= maxNameCharacters && /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/.test(name);

const maxNameCharacters = 214;

/** Returns the command that adds a package to the package.json of the folder. */
export function addCommand(name: string, folder: string, facts: Facts, files: FileFacts | undefined): string {
  const manager = upTo(folder, facts.spec.folder).flatMap((at) => managerAt(at, files)?.name ?? [])[0] ?? 'npm';
  return manager === 'npm' ? `npm install ${name}` : `${manager} add ${name}`;
}

/** Returns the command that installs all packages of the folder again, also those that seem to be there. */
export function reinstallCommand(folder: string, files: FileFacts | undefined): string {
  const manager = managerAt(folder, files)?.name;
  // npm ci removes node_modules first.
  if (manager === 'npm') return 'npm ci';
  return manager === undefined ? 'npm install --force' : `${manager} install --force`;
}

const managerAt = (folder: string, files: FileFacts | undefined): PackageManager | undefined =>
  packageManagers.find((each) => each.lockFiles.some((file) => files?.changed.has(joinPath(folder, file))));
