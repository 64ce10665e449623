/** Services that fall for want of memory, of file watches, of a right or of a database, each in its tool's own words. */
import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/diagnosis/finding';
import { isInstalled } from '../../support/programs';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { healthy, replying } from './programs';
import { ended, listens, type Recipe, run, tells, until200, verdicts } from './rig';

/** Root may listen everywhere. Node itself and nothing of the folder is needed, which is closed to others. */
const asSomebody = process.getuid?.() === 0 ? 'setpriv --reuid=65534 --regid=65534 --clear-groups ' : '';

interface DatabaseClient {
  readonly words: string;
  /** A program that has to be installed; without it the test is skipped. */
  readonly needs?: string;
  readonly program: (port: number) => Omit<Recipe, 'port'>;
}

/** Programs that really try to connect. What is said of the failure is libpq's own text in the second, and Node's own in the third. */
const databaseClients: readonly DatabaseClient[] = [
  {
    words: 'asyncio, which asyncpg passes on',
    program: (port) => ({
      command: 'exec "$PYTHON" main.py',
      files: { 'main.py': `import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', ${port}))\n` },
    }),
  },
  {
    words: 'psycopg',
    program: (port) => ({
      command: 'exec "$PYTHON" main.py',
      files: {
        'main.py': `import socket
class OperationalError(Exception): __module__ = 'psycopg2'
try: socket.create_connection(('127.0.0.1', ${port}))
except ConnectionRefusedError: raise OperationalError('connection to server at "localhost" (127.0.0.1), port ${port} failed: Connection refused\\n\\tIs the server running on that host and accepting TCP/IP connections?')
`,
      },
    }),
  },
  {
    words: 'Node, which pg, mysql2 and ioredis pass on',
    program: (port) => ({
      command: 'exec "$NODE" server.js',
      files: { 'server.js': `require('node:net').connect(${port}, '127.0.0.1');\n` },
    }),
  },
  {
    words: 'Node that tried both addresses of localhost',
    program: (port) => ({
      command: 'exec "$NODE" server.js',
      files: {
        'server.js': `require('node:net').connect(${port}, 'localhost').on('error', (error) => { console.error(error); process.exit(1); });\n`,
      },
    }),
  },
  { words: 'psql', needs: 'psql', program: (port) => ({ command: `exec psql -h localhost -p ${port} shop` }) },
];

describe('diagnosis of what its surroundings refuse', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const afterEnd = async (recipe: Recipe): Promise<readonly Finding[]> => {
    const fallen = await run(recipe, cleanup);
    return verdicts(await ended(fallen), fallen.output());
  };

  it('out-of-memory: a heap of Node that is full; and nothing of one that is small and suffices', async () => {
    const port = await freePort();
    const limit = '--max-old-space-size=30';
    const hoarder = 'const all = [];\nfor (;;) all.push(new Array(100_000).fill(all.length));\n';
    const files = { 'hoarder.js': hoarder, 'server.js': replying };
    tells('out-of-memory', await afterEnd({ command: `exec "$NODE" ${limit} hoarder.js`, files, port }));
    const small = await run({ command: `exec "$NODE" ${limit} server.js ${port} 200 ok 0`, files, port }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(small.service, small.output()), []);
  });

  it('out-of-memory: a Python that may have no more', async () => {
    const main = 'import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28))\nx = bytearray(2**30)\n';
    tells(
      'out-of-memory',
      await afterEnd({ command: 'exec "$PYTHON" main.py', files: { 'main.py': main }, port: await freePort() }),
    );
  });

  // The system's own limit (ENOSPC) is shared by all who work on the machine, so that only that of one process is used up here.
  it('watcher-limit: no descriptor is left for a watch; and nothing once there is one', async () => {
    const port = await freePort();
    const watching = `const { closeSync, openSync, watch } = require('node:fs');\nconst { createServer } = require('node:http');
const all = [];
try { for (;;) all.push(openSync('/dev/null')); } catch {}
if (process.argv[3] === 'enough') all.forEach(closeSync);
watch('.', () => undefined);
createServer((_, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');
`;
    const recipe = (more: string) => ({
      command: `ulimit -n 80; exec "$NODE" watching.js ${port} ${more}`,
      files: { 'watching.js': watching },
      port,
    });
    const found = tells('watcher-limit', await afterEnd(recipe('')));
    assert.equal(found.severity, 'error');
    const twin = await run(recipe('enough'), cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(twin.service, twin.output()), []);
  });

  it('port-forbidden: a port below 1024 for one who is not root; and nothing on a port that anybody may have', async () => {
    const allowed = await freePort();
    const server = `require("node:http").createServer((_, response) => response.end("ok")).listen(Number(process.argv[1]), "127.0.0.1")`;
    const recipe = (port: number) => ({ command: `exec ${asSomebody}"$NODE" -e '${server}' ${port}`, port });
    const found = tells('port-forbidden', await afterEnd(recipe(80)));
    assert.match(found.title, /port 80\b/);
    const twin = await run(recipe(allowed), cleanup);
    await until200(allowed);
    assert.deepEqual(await verdicts(twin.service, twin.output()), []);
  });

  for (const { words, needs, program } of databaseClients) {
    it(`dependency-down: no database, in the words of ${words}; another word once somebody listens`, async function () {
      if (needs !== undefined && !isInstalled(needs)) this.skip();
      const [port, database] = [await freePort(), await freePort()];
      const client = await run({ ...program(database), port }, cleanup);
      const down = await ended(client);
      const found = await verdicts(down, client.output());
      const verdict = tells('dependency-down', found);
      assert.deepEqual(found.length, 1, JSON.stringify(found));
      assert.match(verdict.title, new RegExp(`:${database}, and nothing listens there`));
      await run({ command: `exec "$PYTHON" server.py ${database}`, files: { 'server.py': healthy }, port: database }, cleanup);
      await listens(database);
      tells('crashed', await verdicts(down, client.output()));
    });
  }
});
