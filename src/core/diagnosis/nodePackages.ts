/** Node packages: whether they are needed and installed, and how they are installed. */
import { commandOf } from './queries';
import type { Facts, FileFacts } from './facts';
import { joinPath, upTo } from '../workspaceFiles/paths';

/** Lock files with the install command and the mark that each package manager leaves in node_modules. */
const managers = [
  { lock: 'pnpm-lock.yaml', install: 'pnpm install', mark: 'node_modules/.modules.yaml' },
  { lock: 'yarn.lock', install: 'yarn install', mark: 'node_modules/.yarn-integrity' },
  { lock: 'bun.lockb', install: 'bun install', mark: 'node_modules' },
  { lock: 'bun.lock', install: 'bun install', mark: 'node_modules' },
  { lock: 'package-lock.json', install: 'npm install', mark: 'node_modules/.package-lock.json' },
] as const;

/** Names of files and folders to look at, beside package.json. */
export const nodeFiles: readonly string[] = [
  'node_modules',
  '.pnp.cjs',
  '.pnp.js',
  ...managers.flatMap(({ lock, mark }) => [lock, mark]),
];

/**
 * The folder in which the service's packages are installed: where node_modules is, else where its package.json names some.
 * Undefined when it needs none, cannot be told, or installs them without node_modules.
 */
export function packageFolder(facts: Facts, files: FileFacts | undefined): string | undefined {
  if (files === undefined || !usesNode(facts)) return undefined;
  const folders = upTo(facts.cwd, facts.spec.folder);
  if (folders.some((folder) => ['.pnp.cjs', '.pnp.js'].some((name) => files.changed.has(joinPath(folder, name)))))
    return undefined;
  if (!namesPackages(files.texts.get(joinPath(facts.cwd, 'package.json')))) return undefined;
  const installed = folders.find((folder) => files.changed.has(joinPath(folder, 'node_modules')));
  const locked = folders.find((folder) => managers.some(({ lock }) => files.changed.has(joinPath(folder, lock))));
  return installed ?? locked ?? facts.cwd;
}

/** The lock file was changed after the last installation. Both are written in one go, so some seconds are no difference. */
export function isStale(folder: string, files: FileFacts): boolean {
  return managers.some(({ lock, mark }) => {
    const locked = files.changed.get(joinPath(folder, lock));
    const installed = files.changed.get(joinPath(folder, mark));
    return locked !== undefined && installed !== undefined && locked > installed + writing;
  });
}

/** In ms. */
const writing = 10_000;

/** The service's own way to install, else what the lock file asks for. */
export function installCommand(facts: Facts, folder: string | undefined, files: FileFacts | undefined): string {
  const step = facts.spec.setup.find(({ command }) => /\b(?:npm (?:ci|i)\b|install\b)/.test(command));
  if (step !== undefined) return step.command;
  const at = folder ?? facts.cwd;
  return managers.find(({ lock }) => files?.changed.has(joinPath(at, lock)))?.install ?? 'npm install';
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
