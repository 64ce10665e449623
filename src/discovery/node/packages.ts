/** Reads the package.json files of a folder, including those of workspaces. */
import { packageManagerByField, packageManagerByFile, packageManagerFiles } from '../../core/model/packageManagers';
import type { PackageManagerName } from '../../core/model/packageManagers';
import type { Words } from '../candidate';
import { dataAt, parseJson, textAt } from '../read/formats';
import type { Data } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, sourceOf } from '../read/source';
import type { Source } from '../read/source';

/** The shallow ones come first. */
const maxPackages = 150;

export interface Package {
  readonly folder: string;
  readonly manifest: Data;
  readonly source: Source;
  readonly scripts: ReadonlyMap<string, string>;
  readonly manager: PackageManager;
  /** Whether package.json names the dependency, development dependencies included. */
  has(dependency: string): boolean;
  /** Whether the dependency is needed at run time. */
  runsWith(dependency: string): boolean;
}

export async function packagesOf(project: Project): Promise<readonly Package[]> {
  const files = project.find(/^package\.json$/).slice(0, maxPackages);
  await Promise.all(files.map((file) => project.text(file)));
  const read = await project.pace.map(files, (file) => readPackage(project, file));
  return read.filter((one) => one !== undefined);
}

async function readPackage(project: Project, file: string): Promise<Package | undefined> {
  const text = await project.text(file);
  const manifest = dataAt(text === undefined ? undefined : parseJson(text));
  const scripts = Object.entries(dataAt(manifest, 'scripts')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  // An extension of VS Code runs inside VS Code.
  if (text === undefined || scripts.length === 0 || 'vscode' in dataAt(manifest, 'engines')) return undefined;
  const dependencies = new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((key) => Object.keys(dataAt(manifest, key))),
  );
  return {
    folder: parentOf(file),
    manifest,
    source: sourceOf(file, text),
    scripts: new Map(scripts),
    manager: await managerOf(project, parentOf(file)),
    has: (dependency) => dependencies.has(dependency),
    runsWith: (dependency) => dependency in dataAt(manifest, 'dependencies'),
  };
}

export interface PackageManager {
  readonly name: PackageManagerName;
  /** The file that names it; undefined when npm is only the default. */
  readonly evidence?: string;
}

/** Finds the manager by the nearest lock file, which may be in a parent folder; else by Corepack's `packageManager` field. */
export async function managerOf(project: Project, folder: string): Promise<PackageManager> {
  const lock = project.nearest(folder, packageManagerFiles);
  const byLock = lock === undefined ? undefined : packageManagerByFile(nameOf(lock));
  if (lock !== undefined && byLock !== undefined) return { name: byLock, evidence: `${byLock} by ${lock}` };
  for (let at = folder; ; at = parentOf(at)) {
    const file = join(at, 'package.json');
    const written = project.has(file) ? textAt(dataAt(parseJson((await project.text(file)) ?? '')), 'packageManager') : undefined;
    const name = packageManagerByField(written);
    if (name !== undefined) return { name, evidence: `packageManager in ${file}` };
    if (at === '') return { name: 'npm' };
  }
}

/** Returns the command that runs a script. `args` go to what the script runs. */
export function runScript({ name }: PackageManager, script: string, args: Words = []): Words {
  const dashes = name === 'npm' && args.length > 0 ? ['--'] : [];
  const run = name === 'yarn' || (name === 'npm' && script === 'start') ? [name, script] : [name, 'run', script];
  return [...run, ...dashes, ...args];
}

/** Returns the command that runs one of the package's own programs. */
export function runProgram({ name }: PackageManager, words: Words): Words {
  const runners = { npm: ['npx'], pnpm: ['pnpm', 'exec'], yarn: ['yarn'], bun: ['bunx'] };
  return [...runners[name], ...words];
}

/** Returns the file and line of a script. */
export function whereScript({ source }: Package, script: string): string {
  const escaped = script.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const scripts = /"scripts"\s*:/.exec(source.text)?.index ?? 0;
  const found = findIn(
    { ...source, text: source.text.slice(0, scripts).replace(/[^\n]/g, ' ') + source.text.slice(scripts) },
    new RegExp(`"${escaped}"\\s*:`),
  );
  return found?.where ?? source.file;
}

/** Returns the evidence for a script, and for the one through which it starts its program. */
export const scriptEvidence = (
  one: Package,
  { name, line, through }: { name: string; line: string; through?: string },
): readonly string[] => [
  `"${name}": "${line}" in ${whereScript(one, name)}`,
  ...(through === undefined ? [] : [`"${through}": "${one.scripts.get(through) ?? ''}" in ${whereScript(one, through)}`]),
];
