/** The scripts of a package.json as commands. */
import { packageManagerByField, packageManagerByFile, packageManagerFiles } from '../model/packageManagers';
import type { PackageManagerName } from '../model/packageManagers';
import type { Cursor } from '../config/find';
import { readSyntax } from '../config/syntax';
import { propertiesOf } from '../config/tree';
import type { Candidate } from './candidate';
import { stringCandidate } from './candidate';

/** By the nearest lock file; `levels` are the names in the package's folder and in those above it, nearest first. */
export function managerByLock(levels: readonly (readonly string[])[]): PackageManagerName | undefined {
  for (const names of levels) {
    const file = packageManagerFiles.find((each) => names.includes(each));
    if (file !== undefined) return packageManagerByFile(file);
  }
  return undefined;
}

/** The `packageManager` of Corepack. */
export function managerByField(manifest: string): PackageManagerName | undefined {
  const written: unknown = propertiesOf(readSyntax(manifest).root).find(({ key }) => key === 'packageManager')?.value?.value;
  return packageManagerByField(typeof written === 'string' ? written : undefined);
}

/** `manifest` is the text of the package.json, whatever it is worth. */
export function scriptCandidates(cursor: Cursor, manifest: string, manager: PackageManagerName): readonly Candidate[] {
  const scripts = propertiesOf(readSyntax(manifest).root).find(({ key }) => key === 'scripts')?.value;
  const properties = propertiesOf(scripts);
  const names = new Set(properties.map(({ key }) => key));
  return properties.flatMap(({ key, value }) => {
    const script: unknown = value?.value;
    if (typeof script !== 'string' || key === '' || isHook(key, names)) return [];
    return [stringCandidate(cursor, `${manager} run ${quoted(key)}`, { kind: 'script', detail: script })];
  });
}

/** Runs by itself: with another script, or when the package is installed (https://docs.npmjs.com/cli/using-npm/scripts). */
function isHook(script: string, names: ReadonlySet<string>): boolean {
  const other = /^(?:pre|post)(.+)$/.exec(script)?.[1];
  return script === 'prepare' || (other !== undefined && (names.has(other) || ['install', 'pack', 'publish'].includes(other)));
}

const quoted = (script: string): string => (/^[\w:.@/-]+$/.test(script) ? script : `"${script}"`);
