/** Sockets of extension hosts that were killed, beside those of living ones. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { removeLeftDoors } from '../../../src/os/sharing/leftDoors';
import { makeScratch, removeScratch } from '../../support/scratch';

const listening = `require('node:net').createServer().listen(process.argv[1], () => console.log('up'))`;

// Windows has named pipes instead.
if (process.platform !== 'win32')
  describe('os: what killed windows leave of their sockets', () => {
    let place: string;
    beforeEach(async () => (place = await makeScratch('doors')));
    afterEach(() => removeScratch(place));

    const folder = (name: string): string => {
      const made = join(place, `service-lifecycle-${name}`);
      mkdirSync(made);
      return made;
    };

    /** The time of a change of a folder cannot be set, so the clock is. */
    async function tidyLater(): Promise<void> {
      const now = Date.now;
      Date.now = () => now() + 120_000;
      try {
        await removeLeftDoors(place);
      } finally {
        Date.now = now;
      }
    }

    it('is removed, and nothing else is', async () => {
      const child = spawn(process.execPath, ['-e', listening, join(folder('AAAAAA'), 's')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const server = createServer().listen(join(folder('BBBBBB'), 's'));
      await once(server, 'listening');
      folder('CCCCCC');
      folder('e2e-DDDDDD');
      writeFileSync(join(folder('EEEEEE'), 'other'), '');
      await removeLeftDoors(place);
      assert.equal(readdirSync(place).length, 5, 'a young one may be about to listen');
      await tidyLater();
      server.close();
      assert.deepEqual(
        readdirSync(place).sort(),
        ['BBBBBB', 'CCCCCC', 'EEEEEE', 'e2e-DDDDDD'].map((name) => `service-lifecycle-${name}`),
      );
    });

    it('may be in a place that cannot be read', async () => {
      await removeLeftDoors(join(place, 'nowhere'));
    });
  });
