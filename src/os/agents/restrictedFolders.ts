/**
 * Notes which folders are open in windows that do not trust them. Nothing listens there, so a program of the same user would not learn why
 * it finds no window.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { pidExists } from '../system/existence';
import { fileNameOf } from '../system/fileName';

/** Files are empty: their name has the folder, hashed, and the pid of the window's extension host. */
export class RestrictedFolders {
  readonly #directory: string;

  /** `storage`: the folder that VS Code gives the extension, for all workspaces. */
  constructor(storage: string) {
    this.#directory = path.join(storage, 'restricted');
  }

  /** Removes the note at its end. Throws when it cannot be written. */
  note(folder: string): { dispose(): void } {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const file = path.join(this.#directory, `${fileNameOf(folder)}.${process.pid}`);
    writeFileSync(file, '', { mode: 0o600 });
    return { dispose: () => rmSync(file, { force: true }) };
  }

  /** Whether such a window is open; one that was killed leaves its note, which does not count. */
  has(folder: string): boolean {
    const prefix = `${fileNameOf(folder)}.`;
    return this.#names().some((name) => name.startsWith(prefix) && isOpen(name.slice(prefix.length)));
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#directory);
    } catch {
      return [];
    }
  }
}

const isOpen = (pid: string): boolean => /^[1-9]\d{0,9}$/.test(pid) && pidExists(Number(pid));
