/** What the user agreed to is shared by all windows, and readable by its user only. */
import assert from 'node:assert/strict';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock as clock } from '../../src/os/clock';
import { FileAgreements } from '../../src/os/storage/agreements';
import { Cleanup } from './support/cleanup';
import { makeFolder } from '../support/scratch';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('os/storage/agreements', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('gives another window what was agreed to in the first', () => {
    const folder = makeFolder('agreements');
    cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
    const place = join(folder, 'consent');
    const [first, second] = [new FileAgreements(place, { log, clock }), new FileAgreements(place, { log, clock })];
    assert.equal(second.read('started', 'web'), undefined);
    first.write('started', 'web', 'abc');
    assert.deepEqual(
      [second.read('started', 'web'), second.read('automatic', 'web'), second.read('started', 'api')],
      ['abc', undefined, undefined],
    );
    second.write('started', 'web', 'def');
    assert.equal(first.read('started', 'web'), 'def');
    const [file = ''] = readdirSync(place);
    if (process.platform !== 'win32') assert.equal(statSync(join(place, file)).mode & 0o777, 0o600);
    first.dispose();
    second.dispose();
  });
});
