/** Folders for discovery, on disk or in memory. Each counts its reads. */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderEntry, FolderReader } from '../../../src/app/ports';

export interface Counted extends FolderReader {
  readonly listed: string[];
  readonly read: string[];
}

/** A folder on disk. */
export function onDisk(root: string, system: FolderReader['system'] = 'posix'): Counted {
  const listed: string[] = [];
  const read: string[] = [];
  return {
    system,
    listed,
    read,
    async list(folder) {
      listed.push(folder);
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
      const found = await Promise.all(
        entries.map(async (entry) => ({ name: entry.name, kind: await kindOf(join(root, folder), entry) })),
      );
      return found.flatMap(({ name, kind }) => (kind === undefined ? [] : [{ name, kind }]));
    },
    async readText(file, limit) {
      read.push(file);
      try {
        const handle = await open(join(root, file));
        try {
          const { size } = await handle.stat();
          return size > limit ? undefined : await handle.readFile('utf8');
        } finally {
          await handle.close();
        }
      } catch {
        return undefined;
      }
    },
  };
}

async function kindOf(
  folder: string,
  entry: { readonly name: string; isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean },
): Promise<FolderEntry['kind'] | undefined> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (!entry.isSymbolicLink()) return undefined;
  const target = await stat(join(folder, entry.name)).catch(() => undefined);
  return target?.isFile() === true ? 'file' : undefined;
}

/** A folder in memory with exactly these files. */
export function ofTexts(texts: Readonly<Record<string, string>>, system: FolderReader['system'] = 'posix'): Counted {
  const listed: string[] = [];
  const read: string[] = [];
  const folders = new Map<string, Map<string, FolderEntry>>([['', new Map()]]);
  for (const path of Object.keys(texts)) {
    const names = path.split('/');
    names.forEach((name, index) => {
      const parent = names.slice(0, index).join('/');
      const kind = index === names.length - 1 ? 'file' : 'folder';
      const entries = folders.get(parent) ?? new Map<string, FolderEntry>();
      folders.set(parent, entries.set(name, { name, kind }));
    });
  }
  return {
    system,
    listed,
    read,
    list(folder) {
      listed.push(folder);
      return Promise.resolve([...(folders.get(folder)?.values() ?? [])]);
    },
    readText(file, limit) {
      read.push(file);
      const text = texts[file];
      return Promise.resolve(text === undefined || text.length > limit ? undefined : text);
    },
  };
}
