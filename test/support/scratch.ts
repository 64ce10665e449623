/** A folder of our own under the system's temporary folder. */
import { realpathSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killThoseIn } from './processes';

/** Its real path: what a process reports as its folder never goes through a symbolic link. */
export async function makeScratch(name: string): Promise<string> {
  return realpathSync(await mkdtemp(join(tmpdir(), `service-lifecycle-${name}-`)));
}

/** Ends what still works in the folder, then removes it. */
export async function removeScratch(folder: string): Promise<void> {
  killThoseIn(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
