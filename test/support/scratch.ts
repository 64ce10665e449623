/** A folder of our own under the system's temporary folder. */
import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killThoseIn } from './processes';

/**
 * Its real path: what a process reports as its folder never goes through a symbolic link, as the temporary folder of macOS does, and has no
 * short name, as that of a runner of GitHub on Windows has (RUNNER~1).
 */
export const makeFolder = (name: string): string =>
  realpathSync.native(mkdtempSync(join(tmpdir(), `service-lifecycle-${name}-`)));

export const makeScratch = (name: string): Promise<string> => Promise.resolve(makeFolder(name));

/** Ends what still works in the folder, then removes it. */
export async function removeScratch(folder: string): Promise<void> {
  killThoseIn(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
