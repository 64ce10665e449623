/** A root hook of Mocha: keeps what shows why an e2e test failed. */
import type { Context, RootHookObject } from 'mocha';
import { endOnSignal } from '../endOnSignal';
import { keepEvidence } from './evidence';

// Mocha itself takes care of SIGINT.
endOnSignal(['SIGTERM', 'SIGHUP']);

export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    const test = this.currentTest;
    if (test?.state === 'failed') Object.assign(test, { shown: await keepEvidence(test.fullTitle()) });
  },
};
