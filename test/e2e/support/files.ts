/** Files of test/fixtures/e2e, to be written into the workspace of a test. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';

export const configFile = '.vscode/services.json';

export const fixture = (name: string): string => readFileSync(join(repositoryRoot, 'test', 'fixtures', 'e2e', name), 'utf8');
