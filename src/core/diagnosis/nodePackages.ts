/** Node packages: whether they are needed and installed, and how they are installed. */
import { packageManagers } from '../model/packageManagers';
import type { PackageManager } from '../model/packageManagers';
import { commandOf } from './queries';
import type { Facts, FileFacts } from './facts';
import { joinPath, upTo } from '../workspaceFiles/paths';

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
  const step = facts.spec.setup.find(({ command }) => /\b(?:npm (?:ci|i)\b|install\b)/.test(command));
  if (step !== undefined) return step.command;
  const at = folder ?? facts.cwd;
  const manager = packageManagers.find((each) => each.lockFiles.some((file) => files?.changed.has(joinPath(at, file))));
  return `${manager?.name ?? 'npm'} install`;
}

const usesNode = (facts: Facts): boolean =>
  /(?:^|[\s/\\])(?:npm|npx|pnpm|yarn|bun|node|tsx|vite|next|nodemon|ts-node|react-scripts|ng|vue-cli-service|astro|webpack)(?:\.cmd|\.exe)?(?:\s|$)/.test(
    commandOf(facts),
  );

function namesPackages(manifest: string | undefined): boolean {
  if (manifest === undefined) return false;
  try {
    const parsed: unknown = JSON.parse(manifest);
    return ['dependencies', 'devDependencies'].some((key) => {
      const packages: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, key) : undefined;
      return typeof packages === 'object' && packages !== null && Object.keys(packages).length > 0;
    });
  } catch {
    return false;
  }
}
