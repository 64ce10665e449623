/** The discovery bundle, which is loaded when services are searched. The search itself is in a bundle of its own. */
import './language';
import { join } from 'node:path';
import type { FolderReader } from '../app/ports';
import type { Discovered, ProposedService } from '../core/addServices/proposal';
import { searchInWorker } from '../os/folders/searchInWorker';

export { compare } from '../discovery/compare';
export { writeServices } from '../discovery/write';

/** Never rejects. */
export async function search(folder: FolderReader): Promise<Discovered> {
  if (folder.root !== undefined) return searchInWorker(join(__dirname, 'discoveryWorker.js'), folder.root);
  const inThisThread = await import('./discoveryWorker');
  return inThisThread.search(folder);
}

export const discover = async (folder: FolderReader): Promise<readonly ProposedService[]> => (await search(folder)).proposals;
