import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Files below the folder whose names end so, with the folder as the start of each path. */
export async function glob(folder: string, ending: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((entry) => entry.endsWith(ending)).map((entry) => join(folder, entry));
}
