/** Folders for `cwd` and files for `envFile`, from what a folder holds. */
import type { Cursor } from '../config/find';
import { t } from '../wording/l10n';
import type { Candidate } from './candidate';
import { stringCandidate } from './candidate';

export interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/** Where nobody starts a service from. */
const left = new Set(['node_modules', 'bower_components', 'build', 'dist', 'out', 'target', 'coverage', 'vendor', '__pycache__']);

/** The folder whose entries are to be looked at: what is typed, up to its last slash. */
export const folderTyped = ({ typed }: Cursor): string => typed.slice(0, typed.lastIndexOf('/') + 1);

/** One level of folders below what is typed. */
export function folderCandidates(cursor: Cursor, entries: readonly Entry[]): readonly Candidate[] {
  const above = folderTyped(cursor);
  return entries
    .filter(({ name, kind }) => kind === 'folder' && !left.has(name) && !isHidden(name))
    .map(({ name }) => name)
    .toSorted()
    .map((name) => stringCandidate(cursor, above + name, { kind: 'folder' }));
}

const isHidden = (name: string): boolean => name.startsWith('.') || name.endsWith('.egg-info');

/** Env files of the service's folder, then of the workspace folder; those that are written already are left out. */
export function envFileCandidates(
  cursor: Cursor,
  places: readonly (readonly Entry[])[],
  written: readonly string[],
): readonly Candidate[] {
  const names = places.flatMap((entries) =>
    entries
      .filter(({ name, kind }) => kind === 'file' && isEnvFile(name))
      .map(({ name }) => name)
      .toSorted(),
  );
  // The one that is being changed may be chosen again.
  const others = new Set(written.filter((name) => JSON.stringify(name).slice(1, -1) !== cursor.typed));
  return [...new Set(names)]
    .filter((name) => !others.has(name))
    .map((name) => stringCandidate(cursor, name, { kind: 'file', detail: t('env file') }));
}

/** An example is there to be copied. */
const isEnvFile = (name: string): boolean => /^\.env(\..+)?$/.test(name) && !/\.(example|sample|template|dist)$/.test(name);
