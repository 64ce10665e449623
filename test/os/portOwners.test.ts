import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endOwner } from '../../src/app/run/endOwner';
import { systemClock as clock } from '../../src/os/clock';
import { createPortOwners } from '../../src/os/portOwners';
import { createPortTable } from '../../src/os/portTable/index';
import { createProcessTable } from '../../src/os/processTable/index';
import { createProcessTrees } from '../../src/os/trees/index';
import { Cleanup } from './support/cleanup';
import { freePort } from './support/servers';

/** On Linux, about every fifth Node with so many threads is a zombie before its listener is closed. */
const times = 15;
const threads = 1000;

describe('owners of a port', () => {
  const cleanup = new Cleanup();
  const processTable = createProcessTable();
  const portTable = createPortTable();
  const owners = createPortOwners({ processTable, portTable });
  const trees = createProcessTrees({ processTable, portTable, clock });
  afterEach(() => cleanup.run());

  async function server(port: number): Promise<number | undefined> {
    const script = `for (let i = 0; i < ${threads}; i += 1) require('fs').stat('.', () => undefined);
require('http').createServer().listen(${port}, 'localhost', () => console.log('up'))`;
    const env = { ...process.env, UV_THREADPOOL_SIZE: String(threads) };
    const child = spawn(process.execPath, ['-e', script], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    cleanup.add(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    return child.pid;
  }

  it('are gone for the next start as soon as their process has ended', async function () {
    this.timeout(60_000);
    const port = await freePort();
    for (let time = 1; time <= times; time += 1) {
      const pid = await server(port);
      const look = await owners.look(port);
      assert.ok(look.kind === 'taken');
      assert.deepEqual(
        look.owners.map(({ process }) => process.pid),
        [pid],
      );
      for (const owner of look.owners) await endOwner(owner, trees, clock);
      assert.deepEqual(await owners.look(port), { kind: 'free' }, `at time ${time}`);
    }
  });
});
