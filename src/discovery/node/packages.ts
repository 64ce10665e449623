/** The package.json files of a folder, workspaces included: each is read for itself. */
import { packageManagerByField, packageManagerByFile, packageManagerFiles } from '../../core/model/packageManagers';
import type { PackageManagerName } from '../../core/model/packageManagers';
import type { Words } from '../candidate';
import { dataAt, parseJson, textAt } from '../read/formats';
import type { Data } from '../read/formats';
import { join, nameOf, parentOf } from '../read/paths';
import type { Project } from '../read/project';
import { findIn, sourceOf } from '../read/source';
import type { Source } from '../read/source';

/** Read at most; the shallow ones come first. */
const maxPackages = 150;

export interface Package {
  readonly folder: string;
  readonly manifest: Data;
  readonly source: Source;
  readonly scripts: ReadonlyMap<string, string>;
  readonly manager: PackageManager;
  /** Among all it names, those for development included. */
  has(dependency: string): boolean;
  /** Among those that it needs to run. */
  runsWith(dependency: string): boolean;
}

export async function packagesOf(project: Project): Promise<readonly Package[]> {
  const files = project.find(/^package\.json$/).slice(0, maxPackages);
  const read = await Promise.all(files.map((file) => readPackage(project, file)));
  return read.filter((one) => one !== undefined);
}

async function readPackage(project: Project, file: string): Promise<Package | undefined> {
  const text = await project.text(file);
  const manifest = dataAt(text === undefined ? undefined : parseJson(text));
  const scripts = Object.entries(dataAt(manifest, 'scripts')).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  if (text === undefined || scripts.length === 0) return undefined;
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
  /** What says so; undefined when npm is only the usual one. */
  readonly evidence?: string;
}

/** By the nearest lock file, which in a workspace is above; else by the `packageManager` of Corepack. */
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

/** The command that runs a script, with further arguments for what the script runs. */
export function runScript({ name }: PackageManager, script: string, args: Words = []): Words {
  const dashes = name === 'npm' && args.length > 0 ? ['--'] : [];
  const run = name === 'yarn' || (name === 'npm' && script === 'start') ? [name, script] : [name, 'run', script];
  return [...run, ...dashes, ...args];
}

/** The command that runs a program of the package's own. */
export function runProgram({ name }: PackageManager, words: Words): Words {
  const runners = { npm: ['npx'], pnpm: ['pnpm', 'exec'], yarn: ['yarn'], bun: ['bunx'] };
  return [...runners[name], ...words];
}

/** Where a script is written. */
export function whereScript({ source }: Package, script: string): string {
  const escaped = script.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const scripts = /"scripts"\s*:/.exec(source.text)?.index ?? 0;
  const found = findIn(
    { ...source, text: source.text.slice(0, scripts).replace(/[^\n]/g, ' ') + source.text.slice(scripts) },
    new RegExp(`"${escaped}"\\s*:`),
  );
  return found?.where ?? source.file;
}
