/** Node package managers: how a project shows which one it uses, and what each one writes. */

export type PackageManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

export interface PackageManager {
  readonly name: PackageManagerName;
  readonly lockFiles: readonly string[];
  /** Further files that only this package manager reads. */
  readonly otherFiles: readonly string[];
  /** Files in node_modules that an installation writes last. */
  readonly stamps: readonly string[];
}

/** In order of precedence, for folders with files of several package managers. */
export const packageManagers: readonly PackageManager[] = [
  { name: 'pnpm', lockFiles: ['pnpm-lock.yaml'], otherFiles: ['pnpm-workspace.yaml'], stamps: ['.modules.yaml'] },
  // Yarn 1, Yarn 2 and later.
  { name: 'yarn', lockFiles: ['yarn.lock'], otherFiles: [], stamps: ['.yarn-integrity', '.yarn-state.yml'] },
  { name: 'bun', lockFiles: ['bun.lockb', 'bun.lock'], otherFiles: [], stamps: [] },
  { name: 'npm', lockFiles: ['package-lock.json', 'npm-shrinkwrap.json'], otherFiles: [], stamps: ['.package-lock.json'] },
];

/** All files that show which package manager a folder uses, in order of precedence. */
export const packageManagerFiles: readonly string[] = packageManagers.flatMap(({ lockFiles, otherFiles }) => [
  ...lockFiles,
  ...otherFiles,
]);

/** Returns the package manager that one of {@link packageManagerFiles} belongs to; undefined for any other name. */
export const packageManagerByFile = (file: string): PackageManagerName | undefined =>
  packageManagers.find(({ lockFiles, otherFiles }) => lockFiles.includes(file) || otherFiles.includes(file))?.name;

/** Reads the `packageManager` of Corepack in package.json, such as `pnpm@9.1.0`. */
export const packageManagerByField = (field: string | undefined): PackageManagerName | undefined =>
  packageManagers.find(({ name }) => field?.startsWith(`${name}@`))?.name;
