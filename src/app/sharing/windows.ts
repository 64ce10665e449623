/** Which window a note belongs to: only what a window that is gone left behind may be tidied up. */
import type { ProcessIdentity } from '../../core/model/process';
import { isIdentity } from '../../core/model/process';
import type { Ledger, LedgerEntry, ProcessTable } from '../ports';

/** `unknown`: the note does not name its window, as those of version 0.1 do not. */
export type WindowState = 'alive' | 'gone' | 'unknown';

/** Whether the window that wrote a note, or took over what it names, is alive. Synchronous, a few microseconds. */
export function windowOf(note: Pick<LedgerEntry, 'window'>, processes: Pick<ProcessTable, 'isAlive'>): WindowState {
  const { window } = note;
  if (!isIdentity(window)) return 'unknown';
  return processes.isAlive(window) ? 'alive' : 'gone';
}

/** The ledger as this window writes it: every note names the window, and a folder is the same whatever path it was opened by. */
export function signedLedger(
  ledger: Ledger,
  window: () => ProcessIdentity | undefined,
  realPath: (folder: string) => string,
): Ledger {
  const read = (folder: string, key: string): LedgerEntry | undefined => {
    const real = realPath(folder);
    // Version 0.1 noted the path by which the folder was opened.
    const entry = ledger.read(real, key) ?? (real === folder ? undefined : ledger.read(folder, key));
    return entry === undefined ? undefined : { ...entry, folder };
  };
  return {
    read,
    write: (entry) => {
      const me = window();
      ledger.write({ ...entry, folder: realPath(entry.folder), ...(me === undefined ? {} : { window: me }) });
    },
    remove: (folder, key) => {
      ledger.remove(realPath(folder), key);
      if (realPath(folder) !== folder) ledger.remove(folder, key);
    },
  };
}
