/** Plain HTTP to servers that speak TLS, and refuse it with words. */
import assert from 'node:assert/strict';
import { Cleanup } from '../support/cleanup';
import { httpServer, httpsServer, listen, tcpServer } from '../support/servers';
import { until } from '../support/until';
import { askHttp, failureOf } from './support';

describe('a probe of a TLS server', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('http to an https port of a server that answers it with 400, as nginx and Go do', async () => {
    const secure = httpsServer((_request, response) => void response.end('fine'), cleanup);
    // A TLS handshake begins with the byte 22.
    const server = await listen(
      tcpServer((socket) => {
        socket.once('data', (first: Buffer) => {
          socket.pause();
          if (first[0] !== 22) socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n');
          else {
            socket.unshift(first);
            secure.emit('connection', socket);
          }
        });
      }),
      cleanup,
    );
    assert.deepEqual(await failureOf(askHttp('/', { port: server.port })), { kind: 'httpsExpected' });
    await until('no socket is left', () => server.open() === 0);
  });

  it('a 400 of a server without TLS stays one', async () => {
    const server = await listen(
      httpServer((_request, response) => void response.writeHead(400).end()),
      cleanup,
    );
    assert.equal((await failureOf(askHttp('/', { port: server.port }))).kind, 'badStatus');
  });
});
