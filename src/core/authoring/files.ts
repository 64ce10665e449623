/** Completes folders for `cwd` and files for `envFile`, from the content of a folder. */
import type { Cursor } from '../config/find';
import { t } from '../wording/l10n';
import type { Completion } from './completion';
import { stringCompletion } from './completion';

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Folders that no service is started from. */
const left = new Set(['node_modules', 'bower_components', 'build', 'dist', 'out', 'target', 'coverage', 'vendor', '__pycache__']);

/** Returns the folder to list: the typed path up to its last slash. */
export const folderTyped = ({ typed }: Cursor): string => typed.slice(0, typed.lastIndexOf('/') + 1);

/** Completes the folders one level below the typed path. */
export function folderCompletions(cursor: Cursor, entries: readonly Entry[]): readonly Completion[] {
  const above = folderTyped(cursor);
  return entries
    .filter(({ name, kind }) => kind === 'folder' && !left.has(name) && !isHidden(name))
    .map(({ name }) => name)
    .toSorted()
    .map((name) => stringCompletion(cursor, above + name, { kind: 'folder' }));
}

const isHidden = (name: string): boolean => name.startsWith('.') || name.endsWith('.egg-info');

/** Completes the env files of the service's folder, then those of the workspace folder, without the ones already listed. */
export function envFileCompletions(
  cursor: Cursor,
  places: readonly (readonly Entry[])[],
  written: readonly string[],
): readonly Completion[] {
  const names = places.flatMap((entries) =>
    entries
      .filter(({ name, kind }) => kind === 'file' && isEnvFile(name))
      .map(({ name }) => name)
      .toSorted(),
  );
  // The name that is being replaced may be chosen again.
  const others = new Set(written.filter((name) => JSON.stringify(name).slice(1, -1) !== cursor.typed));
  return [...new Set(names)]
    .filter((name) => !others.has(name))
    .map((name) => stringCompletion(cursor, name, { kind: 'file', detail: t('env file') }));
}

/** An example file is meant to be copied, not used. */
const isEnvFile = (name: string): boolean => /^\.env(\..+)?$/.test(name) && !/\.(example|sample|template|dist)$/.test(name);
