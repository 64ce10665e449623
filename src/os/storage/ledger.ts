/**
 * Which processes are ours, on disk: it outlives reloads, crashes of the extension host and the editor itself.
 * One small file a service, written at once and whole, so that two windows never spoil each other's notes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Ledger, LedgerEntry, Log } from '../../app/ports';
import { isIdentity } from '../../core/model/process';

export class FileLedger implements Ledger {
  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {}

  read(folder: string, key: string): LedgerEntry | undefined {
    const entry = read(this.#file(folder, key));
    return entry?.folder === folder && entry.key === key ? entry : undefined;
  }

  /** Everything that is noted, whoever noted it. */
  entries(): readonly LedgerEntry[] {
    try {
      const files = readdirSync(this.directory).filter((name) => name.endsWith('.json'));
      return files.map((name) => read(path.join(this.directory, name))).filter((entry) => entry !== undefined);
    } catch {
      // Nothing was ever noted, so that there is no folder.
      return [];
    }
  }

  write(entry: LedgerEntry): void {
    const file = this.#file(entry.folder, entry.key);
    const draft = `${file}.${process.pid}.tmp`;
    try {
      mkdirSync(this.directory, { recursive: true });
      writeFileSync(draft, JSON.stringify(entry));
      renameSync(draft, file);
    } catch (error) {
      this.log.warn(
        `${entry.key}: could not be noted in ${this.directory}, so it will not be found after a reload: ${String(error)}`,
      );
    }
  }

  remove(folder: string, key: string): void {
    rmSync(this.#file(folder, key), { force: true });
  }

  #file(folder: string, key: string): string {
    const name = createHash('sha256').update(`${folder}\0${key}`).digest('hex').slice(0, 24);
    return path.join(this.directory, `${name}.json`);
  }
}

function read(file: string): LedgerEntry | undefined {
  try {
    const entry: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isEntry(entry) ? entry : undefined;
  } catch {
    // No file, or one cut off by a power failure: both mean that nothing is remembered.
    return undefined;
  }
}

function isEntry(value: unknown): value is LedgerEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { folder, key, run, process: identity, startedAt } = value as Partial<Record<keyof LedgerEntry, unknown>>;
  const texts = typeof folder === 'string' && typeof key === 'string' && typeof run === 'string';
  return texts && typeof startedAt === 'number' && isIdentity(identity);
}
