/** Changes of files that actions of a diagnosis offer. Each looks again first, because the user may decide much later. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { ProcessTable } from '../app/ports';
import { isServerOf } from '../core/diagnosis/pidFiles';

/** Writes a file with the line endings of Unix; its permissions stay. Rejects when it cannot be read or written. */
export async function convertLineEndings(path: string): Promise<void> {
  const text = await readFile(path, 'latin1');
  await writeFile(path, text.replaceAll('\r\n', '\n'), 'latin1');
}

/**
 * Deletes a pid file whose process is gone, or is another program than the server. Resolves with false, and changes nothing, when the
 * server is running or that is not known.
 */
export async function removePidFile(path: string, command: string, processes: ProcessTable): Promise<boolean> {
  const pid = Number(/^\s*(\d{1,9})\b/.exec(await readFile(path, 'utf8'))?.[1]);
  const table = await processes.list();
  if (!Number.isSafeInteger(pid) || table.kind === 'unavailable') return false;
  const row = table.value.find((each) => each.pid === pid && each.state !== 'zombie');
  if (row !== undefined && isServerOf(row.command, command)) return false;
  await rm(path);
  return true;
}
