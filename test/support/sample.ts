/** A copy of the sample workspace in which everything it needs is installed. */
import { cp, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot, sampleFolder } from './repository';

/**
 * The repository's own packages hold what the sample needs (Vite), so that a link serves as its install: in the workspace folder,
 * or in one of its folders.
 */
export async function copySample(to: string, installedIn = ''): Promise<string> {
  await cp(sampleFolder, to, { recursive: true });
  // A junction needs no rights on Windows; elsewhere the kind is ignored.
  await symlink(join(repositoryRoot, 'node_modules'), join(to, installedIn, 'node_modules'), 'junction');
  return to;
}
