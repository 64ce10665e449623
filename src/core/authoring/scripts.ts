/** Completes the scripts of a package.json as commands. */
import { packageManagerByField, packageManagerByFile, packageManagerFiles } from '../model/packageManagers';
import type { PackageManagerName } from '../model/packageManagers';
import type { Cursor } from '../config/find';
import { readSyntax } from '../config/syntax';
import { propertiesOf } from '../config/tree';
import type { Completion } from './completion';
import { stringCompletion } from './completion';

/** Finds the package manager by the nearest lock file. `levels` are the file names of the package's folder and those above it. */
export function managerByLock(levels: readonly (readonly string[])[]): PackageManagerName | undefined {
  for (const names of levels) {
    const file = packageManagerFiles.find((each) => names.includes(each));
    if (file !== undefined) return packageManagerByFile(file);
  }
  return undefined;
}

/** Reads the `packageManager` field of Corepack. */
export function managerByField(manifest: string): PackageManagerName | undefined {
  const written: unknown = propertiesOf(readSyntax(manifest).root).find(({ key }) => key === 'packageManager')?.value?.value;
  return packageManagerByField(typeof written === 'string' ? written : undefined);
}

/** `manifest` is the text of the package.json; it may be invalid. */
export function scriptCompletions(cursor: Cursor, manifest: string, manager: PackageManagerName): readonly Completion[] {
  const scripts = propertiesOf(readSyntax(manifest).root).find(({ key }) => key === 'scripts')?.value;
  const properties = propertiesOf(scripts);
  const names = new Set(properties.map(({ key }) => key));
  return properties.flatMap(({ key, value }) => {
    const script: unknown = value?.value;
    if (typeof script !== 'string' || key === '' || isHook(key, names)) return [];
    return [stringCompletion(cursor, `${manager} run ${quoted(key)}`, { kind: 'script', detail: script })];
  });
}

/** Whether npm runs the script automatically: with another one, or on install (https://docs.npmjs.com/cli/using-npm/scripts). */
function isHook(script: string, names: ReadonlySet<string>): boolean {
  const other = /^(?:pre|post)(.+)$/.exec(script)?.[1];
  return script === 'prepare' || (other !== undefined && (names.has(other) || ['install', 'pack', 'publish'].includes(other)));
}

const quoted = (script: string): string => (/^[\w:.@/-]+$/.test(script) ? script : `"${script}"`);
