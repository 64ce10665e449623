import assert from 'node:assert/strict';
import type { Server, Socket } from 'node:net';
import { Cleanup } from '../support/cleanup';
import { listen, type RunningServer, tcpServer } from '../support/servers';
import { until } from '../support/until';
import { askHttp, failureOf } from './support';

describe('http probe: a server that has spoken HTTP', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const running = (server: Server, host?: string): Promise<RunningServer> => listen(server, cleanup, host);
  const noSocketLeft = (server: RunningServer): Promise<void> => until('no socket is left', () => server.open() === 0);

  /** Counts connections, and those that begin with a TLS handshake. */
  function counted(answer: (socket: Socket, connection: number) => void): {
    server: Server;
    connections: number;
    handshakes: number;
  } {
    const seen = { server: tcpServer(answerOne), connections: 0, handshakes: 0 };
    function answerOne(socket: Socket): void {
      const connection = ++seen.connections;
      socket.once('data', (bytes) => {
        if (bytes[0] === 22) seen.handshakes++;
        answer(socket, connection);
      });
    }
    return seen;
  }
  const replyOf = (status: string, body = ''): string =>
    `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;

  it('with 400 is not asked for TLS', async () => {
    const seen = counted((socket) => socket.end(replyOf('400 Bad Request', '<h1>Bad request</h1>')));
    const server = await running(seen.server);
    assert.equal((await failureOf(askHttp(`http://127.0.0.1:${server.port}/`))).kind, 'badStatus');
    assert.deepEqual([seen.connections, seen.handshakes], [1, 0]);
  });

  it('and says that it uses HTTPS is believed without a handshake', async () => {
    for (const words of [
      '<center>The plain HTTP request was sent to HTTPS port</center>',
      'Client sent an HTTP request to an HTTPS server.\n',
      "Reason: You're speaking plain HTTP to an SSL-enabled server port.",
    ]) {
      const seen = counted((socket) => socket.end(replyOf('400 Bad Request', words)));
      const server = await running(seen.server);
      assert.deepEqual(await failureOf(askHttp(`http://127.0.0.1:${server.port}/`)), { kind: 'httpsExpected' });
      assert.deepEqual([seen.connections, seen.handshakes], [1, 0]);
    }
  });

  it('and closes a later connection is not asked for TLS either', async () => {
    const seen = counted((socket, connection) => (connection === 1 ? socket.end(replyOf('200 OK')) : socket.destroy()));
    const server = await running(seen.server);
    assert.ok((await askHttp(`http://127.0.0.1:${server.port}/`)).ok);
    assert.deepEqual(await failureOf(askHttp(`http://127.0.0.1:${server.port}/`)), { kind: 'reset' });
    assert.deepEqual([seen.connections, seen.handshakes], [2, 0]);
  });

  for (const [status, words, why] of [
    ['400 Bad Request', '<title>DisallowedHost at /health</title>', 'host'],
    ['400 Bad Request', '<h1>Bad Request (400)</h1>', 'host'],
    ['400 Bad Request', 'Invalid host header', 'host'],
    ['403 Forbidden', 'Blocked request. This host ("shop.test") is not allowed.', 'host'],
    ['426 Upgrade Required', '', 'webSocket'],
    ['400 Bad Request', 'Can "Upgrade" only to "WebSocket".', 'webSocket'],
    ['400 Bad Request', 'id is missing', undefined],
    ['404 Not Found', 'Invalid host header', undefined],
  ] as const) {
    it(`${status} ${words}: the reason is ${why ?? 'not known'}`, async () => {
      const server = await running(counted((socket) => socket.end(replyOf(status, words))).server);
      const failure = await failureOf(askHttp(`http://127.0.0.1:${server.port}/`));
      assert.ok(failure.kind === 'badStatus');
      assert.equal(failure.why, why);
      await noSocketLeft(server);
    });
  }
});
