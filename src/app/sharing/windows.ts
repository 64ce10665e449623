/** Which window a note belongs to: only what a window that is gone left behind may be tidied up. */
import type { ProcessIdentity } from '../../core/model/process';
import { defined } from '../../core/model/defined';
import { isIdentity } from '../../core/model/process';
import type { Ledger, LedgerEntry, ProcessTable } from '../ports';

/** `unknown`: the note does not name its window, as those of version 0.1 do not. */
export type WindowState = 'alive' | 'gone' | 'unknown';

/** Whether the window that wrote a note, or took over what it names, is alive. Synchronous, a few microseconds. */
export function windowOf(note: Pick<LedgerEntry, 'host'>, processes: Pick<ProcessTable, 'isAlive'>): WindowState {
  const { host } = note;
  if (!isIdentity(host)) return 'unknown';
  return processes.isAlive(host) ? 'alive' : 'gone';
}

export interface SignedLedgerParts {
  readonly ledger: Ledger;
  readonly window: () => ProcessIdentity | undefined;
  readonly realPath: (folder: string) => string;
  /** The folders of this workspace, by the paths that they were opened by. */
  readonly folders: () => readonly string[];
}

/** The ledger as this window writes it: every entry names the window, and a folder is the same whatever path it was opened by. */
export function signedLedger({ ledger, window, realPath, folders }: SignedLedgerParts): Ledger {
  const opened = (entry: LedgerEntry): LedgerEntry => {
    const folder = folders().find((each) => each === entry.folder || realPath(each) === entry.folder);
    return folder === undefined ? entry : { ...entry, folder };
  };
  return {
    read: (folder, key) => {
      const real = realPath(folder);
      // Version 0.1 stored the path by which the folder was opened.
      const entry = ledger.read(real, key) ?? (real === folder ? undefined : ledger.read(folder, key));
      return entry === undefined ? undefined : { ...entry, folder };
    },
    entries: () => ledger.entries().map(opened),
    write: (entry) => ledger.write({ ...entry, folder: realPath(entry.folder), ...defined({ host: window() }) }),
    remove: (entry) => {
      const real = realPath(entry.folder);
      ledger.remove({ ...entry, folder: real });
      if (real !== entry.folder) ledger.remove(entry);
    },
  };
}
