/** A root hook of Mocha: keeps a picture of every open window, and what it logged, when an e2e test fails. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, RootHookObject } from 'mocha';
import { endOnSignal } from '../endOnSignal';
import { resultsFolder } from '../repository';
import { openSessions } from './session';

// Mocha itself takes care of SIGINT.
endOnSignal(['SIGTERM', 'SIGHUP']);

export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const name = test.fullTitle().replace(/\W+/g, '-').slice(0, 100);
    await mkdir(resultsFolder, { recursive: true });
    for (const session of openSessions) {
      await writeFile(join(resultsFolder, `${name}.log`), session.log.join('\n'));
      for (const [index, page] of session.pages().entries()) {
        await page.screenshot({ path: join(resultsFolder, `${name}-${index}.png`) }).catch(() => undefined);
      }
    }
  },
};
