/** Connections to a server that has not responded yet: refused, made, or neither. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { knock } from '../../../src/os/probes/knock';
import { Cleanup } from '../support/cleanup';
import { freePort, httpServer, listen } from '../support/servers';
import { until } from '../support/until';
import { itOn } from '../../support/systems';
import { ask, askHttp, failureOf } from './support';

/** Nobody accepts, and the queue of the system is full: whoever connects now waits. */
const fullQueue = `
import socket, time
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen(0)
clients = [socket.socket() for _ in range(4)]
for client in clients:
    client.setblocking(False)
    client.connect_ex(server.getsockname())
print(server.getsockname()[1], flush=True)
time.sleep(60)
`;

const sockets = (): number => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

describe('the first connections of a probe', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const endpoint = (address: string, port: number) => ({ address, port, secure: false, timeout: 1000 });
  const fine = () => httpServer((_request, response) => void response.end('fine'));

  async function portOfFullQueue(): Promise<number> {
    const child = spawn('python3', ['-c', fullQueue], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanup.add(() => void child.kill());
    // The pipe stays open: a server that cannot write its line ends.
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return Number(line);
  }

  it('are over when all are refused, and leave nothing', async () => {
    const port = await freePort();
    const before = sockets();
    const made = await knock([endpoint('127.0.0.1', port), endpoint('::1', port)], 1000);
    assert.deepEqual(
      made.map(({ outcome }) => outcome),
      [1, 2].map(() => ({ ok: false, failure: { kind: 'refused', port } })),
    );
    await until('no socket', () => sockets() <= before);
  });

  const ways = {
    HTTP: (port: number, timeout: number) => askHttp(`http://localhost:${port}/`, { timeout }),
    TCP: (port: number, timeout: number) => ask({ kind: 'tcp', port }, { timeout }),
  };

  for (const [name, probe] of Object.entries(ways)) {
    it(`are used for the probe over ${name}, one for each address, and none is left`, async () => {
      const [four, six] = [fine(), fine()];
      const connections: string[] = [];
      four.on('connection', () => connections.push('127.0.0.1'));
      six.on('connection', () => connections.push('::1'));
      const first = await listen(four, cleanup, '127.0.0.1');
      const second = await listen(six, cleanup, '::1', first.port);
      assert.ok((await probe(first.port, 3000)).ok);
      assert.ok(connections.length > 0);
      assert.equal(new Set(connections).size, connections.length);
      await until('no socket is left', () => first.open() + second.open() === 0);
    });
  }

  itOn(['linux'], 'are waited for until the timeout of the probe when they are neither made nor refused', async () => {
    const port = await portOfFullQueue();
    const before = sockets();
    const [made] = await knock([endpoint('127.0.0.1', port)], 1000);
    assert.equal(made?.outcome, undefined);
    made?.giveUp();
    for (const probe of [
      askHttp(`http://127.0.0.1:${port}/`, { timeout: 300 }),
      ask({ kind: 'tcp', port }, { timeout: 300, host: '127.0.0.1' }),
    ])
      assert.deepEqual(await failureOf(probe), { kind: 'noAnswer', timeout: 300 });
    await until('no socket', () => sockets() <= before);
  });
});
