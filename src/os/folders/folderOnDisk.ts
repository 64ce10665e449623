/** Reads a folder on this machine for discovery. */
import { open, readdir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';
import type { FolderEntry, FolderReader } from '../../app/ports';

/** `root` is an absolute path. What cannot be read is as good as absent. */
export const folderOnDisk = (root: string): FolderReader => ({
  system: process.platform === 'win32' ? 'windows' : 'posix',
  list: (folder) => list(join(root, folder)),
  readText: (file, limit) => readText(join(root, file), limit),
});

async function list(path: string): Promise<readonly FolderEntry[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch((): Dirent[] => []);
  const found = await Promise.all(entries.map(async (entry) => ({ name: entry.name, kind: await kindOf(path, entry) })));
  return found.flatMap(({ name, kind }) => (kind === undefined ? [] : [{ name, kind }]));
}

/** A link to a folder is skipped: it may lead back to a parent. */
async function kindOf(path: string, entry: Dirent): Promise<FolderEntry['kind'] | undefined> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return undefined;
  const target = await stat(join(path, entry.name)).catch(() => undefined);
  return target?.isFile() === true ? 'file' : undefined;
}

async function readText(path: string, limit: number): Promise<string | undefined> {
  try {
    // Opening a pipe would wait for its writer, so the kind is asked first.
    if (!(await stat(path)).isFile()) return undefined;
    const file = await open(path);
    try {
      const { size } = await file.stat();
      return size > limit ? undefined : await file.readFile('utf8');
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
