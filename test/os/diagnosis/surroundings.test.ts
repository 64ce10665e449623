/** Services that fail without enough memory, file watches or privileges, or without a database; the output is that of real tools. */
import assert from 'node:assert/strict';
import type { Finding } from '../../../src/core/diagnosis/finding';
import { isInstalled } from '../../support/programs';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { healthy, replying } from './programs';
import { ended, listens, type Recipe, run, expectVerdict, until200, verdicts } from './rig';

/** Root may listen on every port. The command needs only Node, because other users cannot read the folder. */
const asSomebody = process.getuid?.() === 0 ? 'setpriv --reuid=65534 --regid=65534 --clear-groups ' : '';

interface DatabaseClient {
  readonly name: string;
  /** A program that has to be installed; without it the test is skipped. */
  readonly needs?: string;
  readonly program: (port: number) => Omit<Recipe, 'port'>;
}

/** Programs that really try to connect. The second prints the message of libpq, the third that of Node. */
const databaseClients: readonly DatabaseClient[] = [
  {
    name: 'asyncio, which asyncpg passes on',
    program: (port) => ({
      command: 'exec "$PYTHON" main.py',
      files: { 'main.py': `import asyncio\nasyncio.run(asyncio.open_connection('127.0.0.1', ${port}))\n` },
    }),
  },
  {
    name: 'psycopg',
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
    name: 'Node, which pg, mysql2 and ioredis pass on',
    program: (port) => ({
      command: 'exec "$NODE" server.js',
      files: { 'server.js': `require('node:net').connect(${port}, '127.0.0.1');\n` },
    }),
  },
  {
    name: 'Node that tried both addresses of localhost',
    program: (port) => ({
      command: 'exec "$NODE" server.js',
      files: {
        'server.js': `require('node:net').connect(${port}, 'localhost').on('error', (error) => { console.error(error); process.exit(1); });\n`,
      },
    }),
  },
  { name: 'psql', needs: 'psql', program: (port) => ({ command: `exec psql -h localhost -p ${port} shop` }) },
];

describe('diagnosis of services without what they need', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const afterEnd = async (recipe: Recipe): Promise<readonly Finding[]> => {
    const fallen = await run(recipe, cleanup);
    return verdicts(await ended(fallen), fallen.output());
  };

  it('reports out-of-memory for a full heap of Node, and nothing for a small heap that is large enough', async () => {
    const port = await freePort();
    const limit = '--max-old-space-size=30';
    const hoarder = 'const all = [];\nfor (;;) all.push(new Array(100_000).fill(all.length));\n';
    const files = { 'hoarder.js': hoarder, 'server.js': replying };
    expectVerdict('out-of-memory', await afterEnd({ command: `exec "$NODE" ${limit} hoarder.js`, files, port }));
    const small = await run({ command: `exec "$NODE" ${limit} server.js ${port} 200 ok 0`, files, port }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(small.service, small.output()), []);
  });

  it('reports out-of-memory for a Python process at its memory limit', async () => {
    const main = 'import resource\nresource.setrlimit(resource.RLIMIT_AS, (2**28, 2**28))\nx = bytearray(2**30)\n';
    expectVerdict(
      'out-of-memory',
      await afterEnd({ command: 'exec "$PYTHON" main.py', files: { 'main.py': main }, port: await freePort() }),
    );
  });

  // All processes share the system limit (ENOSPC), so this test uses up only the limit of one process.
  it('reports watcher-limit when no file descriptor is left for a watch, and nothing when there is one', async () => {
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
    const found = expectVerdict('watcher-limit', await afterEnd(recipe('')));
    assert.equal(found.severity, 'error');
    const twin = await run(recipe('enough'), cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(twin.service, twin.output()), []);
  });

  it('reports port-forbidden for a port below 1024 without root, and nothing for a higher port', async () => {
    const allowed = await freePort();
    const server = `require("node:http").createServer((_, response) => response.end("ok")).listen(Number(process.argv[1]), "127.0.0.1")`;
    const recipe = (port: number) => ({ command: `exec ${asSomebody}"$NODE" -e '${server}' ${port}`, port });
    const found = expectVerdict('port-forbidden', await afterEnd(recipe(80)));
    assert.match(found.title, /port 80\b/);
    const twin = await run(recipe(allowed), cleanup);
    await until200(allowed);
    assert.deepEqual(await verdicts(twin.service, twin.output()), []);
  });

  for (const { name, needs, program } of databaseClients) {
    it(`reports dependency-down for the message of ${name}, and crashed once a process is listening`, async function () {
      if (needs !== undefined && !isInstalled(needs)) this.skip();
      const [port, database] = [await freePort(), await freePort()];
      const client = await run({ ...program(database), port }, cleanup);
      const down = await ended(client);
      const found = await verdicts(down, client.output());
      const verdict = expectVerdict('dependency-down', found);
      assert.deepEqual(found.length, 1, JSON.stringify(found));
      assert.match(verdict.title, new RegExp(`:${database}, but nothing is listening there`));
      await run({ command: `exec "$PYTHON" server.py ${database}`, files: { 'server.py': healthy }, port: database }, cleanup);
      await listens(database);
      expectVerdict('crashed', await verdicts(down, client.output()));
    });
  }
});
