/** Copies the sample workspace into .cache/sample, for the window that F5 opens (.vscode/launch.json). */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryRoot } from '../test/support/repository';
import { copySample } from '../test/support/sample';

export async function main(): Promise<number> {
  const copy = join(repositoryRoot, '.cache', 'sample');
  await rm(copy, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  await copySample(copy);
  return 0;
}
