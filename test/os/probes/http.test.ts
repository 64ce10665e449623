import assert from 'node:assert/strict';
import type { Server } from 'node:net';
import { Cleanup } from '../support/cleanup';
import { freePort, httpServer, httpsServer, listen, replying, type RunningServer, tcpServer } from '../support/servers';
import { until } from '../support/until';
import { askHttp, failureOf } from './support';

describe('http probe', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const running = (server: Server, host?: string): Promise<RunningServer> => listen(server, cleanup, host);
  const plain = (): Server => httpServer((_request, response) => void response.end('fine'));
  const noSocketLeft = (server: RunningServer): Promise<void> => until('no socket is left', () => server.open() === 0);

  it('succeeds with the status and a latency', async () => {
    const server = await running(plain());
    const outcome = await askHttp('/health', { port: server.port });
    assert.ok(outcome.ok);
    assert.equal(outcome.status, 200);
    assert.ok(outcome.latencyMs > 0 && outcome.latencyMs < 3000);
    assert.ok(Math.abs(outcome.at - Date.now()) < 1000);
    await noSocketLeft(server);
  });

  it('asks for the path and query with the name that was configured, in one connection', async () => {
    const seen: string[] = [];
    const server = httpServer((request, response) => {
      seen.push(`${request.headers.host} ${request.url} ${String(request.headers['x-key'])}`);
      response.end();
    });
    let connections = 0;
    server.on('connection', () => connections++);
    const { port } = await running(server);
    await askHttp(`http://localhost:${port}/a?b=c`, { spec: { headers: { 'x-key': 'k' } } });
    assert.deepEqual(seen, [`localhost:${port} /a?b=c k`]);
    assert.equal(connections, 1);
  });

  it('reads localhost as 127.0.0.1 and as ::1', async () => {
    const four = await running(plain(), '127.0.0.1');
    const six = await running(plain(), '::1');
    for (const { port } of [four, six]) {
      assert.ok((await askHttp('/', { port })).ok);
      assert.ok((await askHttp(`http://localhost:${port}/`)).ok);
    }
    assert.ok((await askHttp(`http://[::1]:${six.port}/`)).ok);
    assert.equal((await failureOf(askHttp(`http://127.0.0.1:${six.port}/`))).kind, 'refused');
  });

  it('notices at once when a server has moved to the other address, or the one that answered hangs', async () => {
    const first = await running(plain(), '127.0.0.1');
    assert.ok((await askHttp('/', { port: first.port })).ok);
    await cleanup.run();
    await listen(plain(), cleanup, '::1', first.port);
    assert.ok((await askHttp('/', { port: first.port })).ok);
    await cleanup.run();
    await listen(
      tcpServer(() => undefined),
      cleanup,
      '::1',
      first.port,
    );
    await listen(plain(), cleanup, '127.0.0.1', first.port);
    const outcome = await askHttp('/', { port: first.port, timeout: 2000 });
    assert.ok(outcome.ok && outcome.latencyMs < 1000);
  });

  it('never calls the address 0.0.0.0', async () => {
    const { port } = await running(plain(), '127.0.0.1');
    assert.ok((await askHttp(`http://0.0.0.0:${port}/`)).ok);
  });

  it('lets the one address that is well win over the other', async () => {
    const bad = await running(httpServer((_request, response) => void response.writeHead(500).end()));
    await listen(plain(), cleanup, '::1', bad.port);
    const outcome = await askHttp('/', { port: bad.port });
    assert.ok(outcome.ok);
  });

  it('tells of the address that hangs, not of the one that refuses', async () => {
    const server = await running(
      tcpServer(() => undefined),
      '::1',
    );
    assert.deepEqual(await failureOf(askHttp('/', { port: server.port, timeout: 150 })), { kind: 'noAnswer', timeout: 150 });
  });

  it('refused', async () => {
    const port = await freePort();
    assert.deepEqual(await failureOf(askHttp('/', { port })), { kind: 'refused', port });
  });

  it('costs next to nothing while nobody listens', async () => {
    const port = await freePort();
    await askHttp('/', { port });
    const before = process.cpuUsage();
    for (let count = 0; count < 200; count++) await askHttp('/', { port });
    const used = process.cpuUsage(before);
    const each = (used.user + used.system) / 200;
    assert.ok(each < 3000, `${each} µs of CPU a probe`);
  });

  it('accepts and never answers', async () => {
    const server = await running(tcpServer((socket) => void socket.resume()));
    const outcome = await askHttp('/', { port: server.port, timeout: 200 });
    assert.ok(!outcome.ok);
    assert.deepEqual(outcome.failure, { kind: 'noAnswer', timeout: 200 });
    assert.ok((outcome.latencyMs ?? 0) >= 190);
    await noSocketLeft(server);
  });

  it('measures a late answer where the request may run on', async () => {
    const server = await running(
      httpServer((request, response) => void setTimeout(() => response.writeHead(request.url === '/bad' ? 500 : 200).end(), 500)),
    );
    for (const path of ['/', '/bad']) {
      const failure = await failureOf(askHttp(path, { port: server.port, timeout: 200, manner: 'runOn' }));
      assert.ok(failure.kind === 'slow' && failure.timeout === 200 && failure.took > 400, JSON.stringify(failure));
    }
    assert.ok((await askHttp('/', { port: server.port, timeout: 3000, manner: 'runOn' })).ok);
    assert.deepEqual(await failureOf(askHttp('/', { port: server.port, timeout: 200 })), { kind: 'noAnswer', timeout: 200 });
    await noSocketLeft(server);
  });

  it('asks a server that answers badly on both addresses on one of them, for a while', async () => {
    let requests = 0;
    const both = httpServer((_request, response) => {
      requests++;
      response.writeHead(503).end();
    });
    const server = await running(both, '::');
    for (let count = 0; count < 5; count++) {
      assert.equal((await failureOf(askHttp('/', { port: server.port }))).kind, 'badStatus');
    }
    assert.ok(requests <= 7, `${requests} requests for 5 probes`);
  });

  it('headers that drip', async () => {
    const server = tcpServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const timer = setInterval(() => void socket.write('x: y\r\n'), 20);
      socket.once('close', () => clearInterval(timer));
    });
    const at = await running(server);
    assert.deepEqual(await failureOf(askHttp('/', { port: at.port, timeout: 200 })), { kind: 'noAnswer', timeout: 200 });
    await noSocketLeft(at);
  });

  describe('a body that drips for ever', () => {
    const dripping = (): Server =>
      httpServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"status":"healthy"');
        const timer = setInterval(() => void response.write(' '), 10);
        response.once('close', () => clearInterval(timer));
      });

    it('is an answer when nobody asked for JSON, and leaves no socket', async () => {
      const server = await running(dripping());
      const outcome = await askHttp('/', { port: server.port });
      assert.ok(outcome.ok);
      await noSocketLeft(server);
    });

    it('is none when JSON is asked for', async () => {
      const server = await running(dripping());
      const asked = { port: server.port, timeout: 200, spec: { json: { status: 'healthy' } } };
      assert.deepEqual(await failureOf(askHttp('/', asked)), { kind: 'noAnswer', timeout: 200 });
      await noSocketLeft(server);
    });
  });

  it('an endless fast body', async () => {
    const server = await running(
      httpServer((_request, response) => {
        const flood = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65536)));
        };
        response.on('drain', flood);
        flood();
      }),
    );
    assert.ok((await askHttp('/', { port: server.port })).ok);
    const asked = { port: server.port, spec: { json: {} } };
    assert.deepEqual(await failureOf(askHttp('/', asked)), { kind: 'badBody', detail: 'larger than 1 MB' });
    await noSocketLeft(server);
  });

  it('closed and reset before a reply', async () => {
    const closing = await running(tcpServer((socket) => void socket.once('data', () => socket.end())));
    const resetting = await running(tcpServer((socket) => void socket.once('data', () => socket.resetAndDestroy())));
    const atOnce = await running(tcpServer((socket) => void socket.resetAndDestroy()));
    for (const server of [closing, resetting, atOnce]) {
      assert.deepEqual(await failureOf(askHttp('/', { port: server.port })), { kind: 'reset' });
      await noSocketLeft(server);
    }
  });

  it('a body cut short, with JSON asked for', async () => {
    const server = await running(
      tcpServer((socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"a"'))),
    );
    assert.deepEqual(await failureOf(askHttp('/', { port: server.port, spec: { json: {} } })), { kind: 'reset' });
    await noSocketLeft(server);
  });

  it('http to an https port', async () => {
    const server = await running(httpsServer((_request, response) => void response.end('fine'), cleanup));
    assert.deepEqual(await failureOf(askHttp('/', { port: server.port })), { kind: 'httpsExpected' });
    assert.ok((await askHttp(`https://localhost:${server.port}/`)).ok, 'and a self-signed certificate is accepted');
    assert.ok((await askHttp(`https://127.0.0.1:${server.port}/`)).ok);
    await noSocketLeft(server);
  });

  it('https to an http port', async () => {
    const server = await running(plain());
    assert.deepEqual(await failureOf(askHttp(`https://localhost:${server.port}/`)), { kind: 'httpExpected' });
    await noSocketLeft(server);
  });

  it('not HTTP', async () => {
    const talking = await running(tcpServer((socket) => void socket.write('SSH-2.0-OpenSSH_9.2\r\n')));
    const replies = await running(replying('-ERR unknown command\r\n'));
    for (const server of [talking, replies]) {
      assert.deepEqual(await failureOf(askHttp('/', { port: server.port })), { kind: 'notHttp' });
      await noSocketLeft(server);
    }
  });

  it('a status that is not accepted', async () => {
    const server = await running(
      httpServer((request, response) => void response.writeHead(Number(request.url?.slice(1))).end('no')),
    );
    const outcome = await askHttp('/503', { port: server.port });
    assert.ok(!outcome.ok);
    assert.equal(outcome.status, 503);
    assert.deepEqual(outcome.failure, { kind: 'badStatus', status: 503, expected: '200–399' });
    assert.deepEqual(await failureOf(askHttp('/200', { port: server.port, spec: { status: [204, 401] } })), {
      kind: 'badStatus',
      status: 200,
      expected: '204 or 401',
    });
    assert.ok((await askHttp('/401', { port: server.port, spec: { status: [204, 401] } })).ok);
    assert.equal((await failureOf(askHttp('/400', { port: server.port }))).kind, 'badStatus');
    await noSocketLeft(server);
  });

  it('does not follow a redirect, so a loop of them is just an answer', async () => {
    let requests = 0;
    const server = await running(
      httpServer((_request, response) => {
        requests++;
        response.writeHead(302, { location: '/again' }).end();
      }),
    );
    const outcome = await askHttp('/', { port: server.port });
    assert.ok(outcome.ok);
    assert.equal(outcome.status, 302);
    assert.equal(requests, 1);
  });

  it('JSON', async () => {
    const server = await running(
      httpServer(
        (request, response) => void response.end(request.url === '/text' ? 'ok' : '{"status":"degraded","db":{"up":true}}'),
      ),
    );
    const asked = (json: unknown) => ({ port: server.port, spec: { json } });
    assert.ok((await askHttp('/', asked({ db: { up: true } }))).ok);
    assert.deepEqual(await failureOf(askHttp('/', asked({ status: 'healthy' }))), {
      kind: 'badBody',
      detail: 'status is "degraded", expected "healthy"',
    });
    assert.deepEqual(await failureOf(askHttp('/text', asked({}))), { kind: 'badBody', detail: 'not JSON' });
    await noSocketLeft(server);
  });

  it('an unknown host, a URL that is none, a path without a port', async () => {
    const unknown = await failureOf(askHttp('http://no-such-host.invalid:8000/'));
    assert.deepEqual(unknown, { kind: 'unknownHost', host: 'no-such-host.invalid' });
    assert.equal((await failureOf(askHttp('http://:x/'))).kind, 'unreachable');
    assert.equal((await failureOf(askHttp('/health'))).kind, 'unreachable');
  });

  it('ends at once when the caller has lost interest', async () => {
    const server = await running(tcpServer(() => undefined));
    const caller = new AbortController();
    const started = performance.now();
    const outcome = askHttp('/', { port: server.port, timeout: 5000, signal: caller.signal });
    await until('the server is asked', () => server.open() > 0);
    caller.abort();
    assert.ok(!(await outcome).ok);
    assert.ok(performance.now() - started < 2000);
    await noSocketLeft(server);
    assert.ok(!(await askHttp('/', { port: server.port, signal: AbortSignal.abort() })).ok);
  });
});
