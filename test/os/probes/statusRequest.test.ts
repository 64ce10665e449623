/** The second and every later probe of a server that answers well: cheaper, and with the same promises. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import { version } from '../../../package.json';
import type { ProbeOutcome } from '../../../src/core/model/health';
import { describeOn } from '../../support/systems';
import { Cleanup } from '../support/cleanup';
import { httpServer, listen, tcpServer, type RunningServer } from '../support/servers';
import { until } from '../support/until';
import { askHttp, failureOf } from './support';

const good = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

describe('http probe of a server that has answered well', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());
  const running = (server: Server): Promise<RunningServer> => listen(server, cleanup, '127.0.0.1');

  /** Answers the first request well, and each later one in this way. */
  async function later(answer: (socket: Socket) => void): Promise<{ server: RunningServer; requests: string[] }> {
    const requests: string[] = [];
    const server = await running(
      tcpServer((socket) =>
        socket.on('data', (chunk) => {
          requests.push(chunk.toString());
          if (requests.length === 1) socket.end(good);
          else answer(socket);
        }),
      ),
    );
    assert.ok((await askHttp('/health', { port: server.port })).ok);
    return { server, requests };
  }

  it('asks the same, and names itself with its version', async () => {
    const { server, requests } = await later((socket) => socket.end(good));
    assert.ok((await askHttp('/health', { port: server.port })).ok);
    const heads = requests.map((text) => text.trim().split('\r\n').sort());
    assert.equal(heads.length, 2);
    assert.deepEqual(heads[0], heads[1]);
    assert.ok(heads[0]?.includes(`User-Agent: service-lifecycle/${version}`));
  });

  const answers: readonly (readonly [what: string, parts: readonly string[], status: number])[] = [
    ['in one piece', [good], 200],
    ['without a body', ['HTTP/1.1 204 No Content\r\n\r\n'], 204],
    ['without a reason', ['HTTP/1.1 200\r\nA: b\r\n\r\n'], 200],
    ['of HTTP/1.0', ['HTTP/1.0 302 Found\r\nLocation: /\r\n\r\n'], 302],
    ['byte by byte', good.split(/(?<=.)/s), 200],
    ['in chunks', ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '2\r\nok\r\n0\r\n\r\n'], 200],
  ];
  for (const [what, parts, status] of answers) {
    it(`understands an answer ${what}, in one request`, async () => {
      const { server, requests } = await later((socket) => void write(socket, parts));
      const outcome = await askHttp('/health', { port: server.port });
      assert.deepEqual([outcome.ok, outcome.status], [true, status]);
      assert.equal(requests.length, 2);
      await until('no socket is left', () => server.open() === 0);
    });
  }

  it('leaves a connection that the server keeps open', async () => {
    const { server } = await later((socket) => socket.write(good));
    assert.ok((await askHttp('/health', { port: server.port })).ok);
    await until('no socket is left', () => server.open() === 0);
  });

  // A closed connection stays in the system's table for a minute, and whoever reads the table, such as VS Code, reads all of them.
  describeOn(['linux'], 'leaves no closed connection in the table of the system', () => {
    const ways: Readonly<Record<string, (socket: Socket) => void>> = {
      'when the server closes with its answer': (socket) => socket.end(good),
      'when the server closes a moment later': (socket) => {
        socket.write(good);
        setTimeout(() => socket.end(), 20);
      },
    };
    for (const [way, answer] of Object.entries(ways)) {
      it(way, async () => {
        const { server } = await later(answer);
        const before = await closedAt(server.port);
        for (let count = 0; count < 5; count += 1) assert.ok((await askHttp('/health', { port: server.port })).ok);
        await until('no socket is left', () => server.open() === 0);
        assert.equal(await closedAt(server.port), before);
      });
    }
  });

  it('is no error to a server of Node, also many times at once', async () => {
    const errors: Error[] = [];
    const server = createServer((_request, response) => response.end('ok'));
    server.on('clientError', (error) => errors.push(error));
    const { port } = await running(server);
    const ask = (): Promise<ProbeOutcome> => askHttp('/health', { port });
    assert.ok((await ask()).ok);
    for (let count = 0; count < 20; count += 1) {
      const outcomes = await Promise.all(Array.from({ length: 25 }, ask));
      assert.ok(outcomes.every(({ ok }) => ok));
    }
    assert.deepEqual(errors, []);
  });

  it('takes no body without end', async () => {
    let written = 0;
    const { server } = await later((socket) => {
      socket.on('error', () => undefined);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const flood = (): void => {
        while (!socket.destroyed && socket.write('x'.repeat(65_536))) written += 65_536;
      };
      socket.on('drain', flood);
      flood();
    });
    assert.ok((await askHttp('/health', { port: server.port })).ok);
    await until('no socket is left', () => server.open() === 0);
    assert.ok(written < 200_000_000);
  });

  const bad: readonly (readonly [kind: string, answer: string])[] = [
    ['badStatus', 'HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'],
    ['badStatus', 'HTTP/1.1 404 Not Found\r\n\r\n'],
    ['notHttp', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['notHttp', 'x'.repeat(40_000)],
    ['reset', ''],
  ];
  for (const [kind, answer] of bad) {
    it(`says what is wrong (${kind}: ${answer.slice(0, 12)})`, async () => {
      const { server } = await later((socket) => socket.end(answer));
      assert.equal((await failureOf(askHttp('/health', { port: server.port }))).kind, kind);
      await until('no socket is left', () => server.open() === 0);
    });
  }

  it('ends in time when the server does not answer, or only begins to', async () => {
    for (const begun of ['', 'HTTP/1.1 200 OK\r\nA: b\r\n']) {
      const { server, requests } = await later((socket) => socket.write(begun));
      assert.equal((await failureOf(askHttp('/health', { port: server.port, timeout: 200 }))).kind, 'noAnswer');
      assert.equal(requests.length, 2);
      await until('no socket is left', () => server.open() === 0);
    }
  });

  it('waits for a slow answer, in one request', async () => {
    const { server, requests } = await later((socket) => setTimeout(() => socket.end(good), 300));
    const outcome = await askHttp('/health', { port: server.port });
    assert.ok(outcome.ok && outcome.latencyMs >= 290);
    assert.equal(requests.length, 2);
    await until('no socket is left', () => server.open() === 0);
  });

  it('waits for a slow answer of the other address as well, in one request', async () => {
    const first = await listen(answering(0), cleanup, '::1');
    const { port } = first;
    const both = (): Promise<ProbeOutcome> => askHttp('/health', { port });
    assert.ok((await both()).ok);
    await cleanup.run();
    await listen(answering(0), cleanup, '127.0.0.1', port);
    assert.ok((await both()).ok);
    await cleanup.run();
    const hanging = tcpServer(() => undefined);
    await listen(hanging, cleanup, '127.0.0.1', port);
    const slow = answering(250);
    let requests = 0;
    slow.on('request', () => (requests += 1));
    await listen(slow, cleanup, '::1', port);
    assert.ok((await both()).ok);
    assert.equal(requests, 1);
  });

  it('keeps apart what two servers write at the same time', async () => {
    const parts = (status: number): readonly string[] => `HTTP/1.1 ${status} Seen\r\nA: b\r\n\r\n`.split(/(?<=.)/s);
    const [one, other] = await Promise.all([201, 202].map((status) => later((socket) => void write(socket, parts(status)))));
    assert.ok(one !== undefined && other !== undefined);
    const outcomes = await Promise.all([one, other].map(({ server }) => askHttp('/health', { port: server.port })));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      [201, 202],
    );
  });

  it('ends soon when the caller has lost interest, before or meanwhile', async () => {
    const { server, requests } = await later(() => undefined);
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 20);
    const outcome = askHttp('/health', { port: server.port, timeout: 60_000, signal: caller.signal });
    assert.equal((await failureOf(outcome)).kind, 'noAnswer');
    await until('no socket is left', () => server.open() === 0);
    const before = askHttp('/health', { port: server.port, timeout: 60_000, signal: AbortSignal.abort() });
    assert.equal((await failureOf(before)).kind, 'noAnswer');
    await until('no socket is left', () => server.open() === 0);
    assert.ok(requests.length <= 3);
  });

  it('says that nothing listens any more', async () => {
    const { server } = await later(() => undefined);
    await cleanup.run();
    assert.deepEqual(await failureOf(askHttp('/health', { port: server.port })), { kind: 'refused', port: server.port });
  });

  it('reads the body where one is expected, and sends headers that are configured', async () => {
    let body = '{"status":"up"}';
    const keys: unknown[] = [];
    const { port } = await running(
      httpServer((request, response) => {
        keys.push(request.headers['x-key']);
        response.end(body);
      }),
    );
    const spec = { json: { status: 'up' }, headers: { 'x-key': 'k' } };
    assert.ok((await askHttp('/', { port, spec })).ok);
    body = '{"status":"down"}';
    assert.equal((await failureOf(askHttp('/', { port, spec }))).kind, 'badBody');
    assert.deepEqual(keys, ['k', 'k']);
  });
});

/** Answers after so many ms. */
const answering = (delay: number): Server => httpServer((_request, response) => void setTimeout(() => response.end('ok'), delay));

async function write(socket: Socket, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    socket.write(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.end();
}

/** How many connections of this port the system keeps although both sides have closed them: state 06 of proc_pid_net(5). */
async function closedAt(port: number): Promise<number> {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((row) => row.trim().split(/ +/));
  return rows.filter(([, local, remote, state]) => state === '06' && [local, remote].some((each) => each?.endsWith(end))).length;
}
