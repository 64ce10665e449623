/** Where things are in this repository. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const vsixPath = join(repositoryRoot, 'service-lifecycle.vsix');
export const sampleFolder = join(repositoryRoot, 'sample');
export const resultsFolder = join(repositoryRoot, 'test-results');
