/**
 * Which processes are ours, on disk: it outlives reloads, crashes of the extension host and the editor itself.
 * One small file per service.
 */
import type { Disposable, Ledger, LedgerEntry } from '../../app/ports';
import { isRequestedBy } from '../../core/model/actor';
import { isIdentity } from '../../core/model/process';
import { withoutSecrets } from '../../core/wording/secrets';
import { NoteFolder } from './noteFolder';
import type { NoteParts } from './noteFolder';
import { fileNameOf } from '../system/fileName';

export class FileLedger implements Ledger, Disposable {
  readonly #notes: NoteFolder;

  constructor(directory: string, parts: NoteParts) {
    this.#notes = new NoteFolder(directory, parts, 'so running services may not be found after a reload');
  }

  read(folder: string, key: string): LedgerEntry | undefined {
    const entry = entryOf(this.#notes.read(nameOf(folder, key)));
    return entry?.folder === folder && entry.key === key ? entry : undefined;
  }

  entries(): readonly LedgerEntry[] {
    return this.#notes
      .names()
      .map((name) => entryOf(this.#notes.read(name)))
      .filter((entry) => entry !== undefined);
  }

  write(entry: LedgerEntry): void {
    this.#notes.write(nameOf(entry.folder, entry.key), { ...entry, command: withoutSecrets(entry.command) });
  }

  remove({ folder, key, run }: Pick<LedgerEntry, 'folder' | 'key' | 'run'>): void {
    if (this.read(folder, key)?.run === run) this.#notes.remove(nameOf(folder, key));
  }

  dispose(): void {
    this.#notes.dispose();
  }
}

const nameOf = (folder: string, key: string): string => `${fileNameOf(`${folder}\0${key}`)}.json`;

function entryOf(value: unknown): LedgerEntry | undefined {
  if (!isEntry(value)) return undefined;
  const { by, ...rest } = value;
  return isRequestedBy(by) ? value : rest;
}

function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { folder, key, run, process: identity, startedAt } = value as Partial<Record<keyof LedgerEntry, unknown>>;
  const strings = typeof folder === 'string' && typeof key === 'string' && typeof run === 'string';
  return strings && typeof startedAt === 'number' && isIdentity(identity);
}
