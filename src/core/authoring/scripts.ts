/** Completes the scripts of a package.json as commands. */
import type { Cursor } from '../config/find';
import { readSyntax } from '../config/syntax';
import { propertiesOf } from '../config/tree';
import type { Completion } from './completion';
import { stringCompletion } from './completion';

export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const locks: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'pnpm-workspace.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lockb': 'bun',
  'bun.lock': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
};

/** Finds the package manager by the nearest lock file. `levels` are the file names of the package's folder and those above it. */
export function managerByLock(levels: readonly (readonly string[])[]): PackageManager | undefined {
  for (const names of levels) {
    const lock = Object.keys(locks).find((file) => names.includes(file));
    if (lock !== undefined) return locks[lock];
  }
  return undefined;
}

/** Reads the `packageManager` field of Corepack. */
export function managerByField(manifest: string): PackageManager | undefined {
  const written: unknown = propertiesOf(readSyntax(manifest).root).find(({ key }) => key === 'packageManager')?.value?.value;
  const name = typeof written === 'string' ? /^(npm|pnpm|yarn|bun)@/.exec(written)?.[1] : undefined;
  return name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun' ? name : undefined;
}

/** `manifest` is the text of the package.json; it may be invalid. */
export function scriptCompletions(cursor: Cursor, manifest: string, manager: PackageManager): readonly Completion[] {
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
