import assert from 'node:assert/strict';
import type { Server } from 'node:net';
import type { CheckQuestion } from '../../../src/app/ports';
import type { Answer } from '../../../src/core/checks/checks';
import { judgeCheck } from '../../../src/core/checks/judgeCheck';
import { bodyLimit } from '../../../src/core/checks/reply';
import { createChecker } from '../../../src/os/probes/checker';
import { Cleanup } from '../support/cleanup';
import { freePort, httpServer, httpsServer, listen, type RunningServer, tcpServer } from '../support/servers';
import { until } from '../support/until';

const checker = createChecker();

describe('a check over HTTP, against servers that misbehave', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const running = (server: Server): Promise<RunningServer> => listen(server, cleanup);
  const noSocketLeft = (server: RunningServer): Promise<void> => until('no socket is left', () => server.open() === 0);

  /** The answer, and the sentence that a person would read. */
  async function ask(question: Partial<CheckQuestion>, signal = new AbortController().signal) {
    const { address = '/', timeout = 3000, ...rest } = question;
    const started = performance.now();
    const answer: Answer = await checker.ask({ address, timeout, ...rest }, signal);
    const took = performance.now() - started;
    assert.ok(took < timeout + 400, `it took ${took} ms with a timeout of ${timeout} ms`);
    const { port: _port, ...expected } = rest;
    const subject = { name: 'web', presence: 'running' } as const;
    return { answer, ...judgeCheck({ name: 'it', http: address, ...expected }, answer, subject) };
  }

  it('a body that drips beyond the deadline', async () => {
    const server = await running(
      httpServer((_request, response) => {
        response.writeHead(200);
        const timer = setInterval(() => void response.write('.'), 10);
        response.once('close', () => clearInterval(timer));
      }),
    );
    const { kind, result } = await ask({ port: server.port, timeout: 200, contains: 'done' });
    assert.equal(kind, 'failed');
    assert.equal(result.message, 'No complete response within 200 ms.');
    await noSocketLeft(server);
    assert.equal((await ask({ port: server.port, timeout: 2000 })).kind, 'passed', 'without a look at the body it is an answer');
    await noSocketLeft(server);
  });

  it('something else than JSON', async () => {
    const server = await running(httpServer((_request, response) => void response.end('<h1>Sign in</h1>')));
    const { result, difference } = await ask({ port: server.port, json: { id: 1 } });
    assert.equal(result.message, 'Expected JSON, got "<h1>Sign in</h1>".');
    assert.equal(difference?.actual, '<h1>Sign in</h1>');
    await noSocketLeft(server);
  });

  it('a huge body, of which no more than 1 MB is kept', async () => {
    const server = await running(
      httpServer((_request, response) => {
        response.write('hello ');
        const flood = (): void => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', flood);
        flood();
      }),
    );
    const absent = await ask({ port: server.port, contains: 'bye' });
    assert.equal(absent.result.message, 'Expected "bye" in the first 1 MB of the response. The rest is not read.');
    assert.equal(absent.answer.body?.text.length, bodyLimit);
    assert.equal((await ask({ port: server.port, contains: 'hello' })).kind, 'passed');
    await noSocketLeft(server);
  });

  it('a redirect, which is an answer and is not followed', async () => {
    const seen: string[] = [];
    const server = await running(
      httpServer((request, response) => {
        seen.push(request.url ?? '');
        response.writeHead(302, { location: '/login' }).end();
      }),
    );
    const { result } = await ask({ port: server.port, address: '/admin?x=1', status: [200] });
    assert.equal(result.message, 'Expected status 200, got 302 (a redirect, which is not followed).');
    assert.equal((await ask({ port: server.port, address: '/admin?x=1', status: [302] })).kind, 'passed');
    assert.deepEqual(seen, ['/admin?x=1', '/admin?x=1']);
  });

  it('HTTPS where HTTP is spoken, and a whole https:// address', async () => {
    const server = await running(httpsServer((_request, response) => void response.end('fine'), cleanup));
    assert.match((await ask({ port: server.port })).result.message ?? '', /^The port uses HTTPS, but the check uses HTTP/);
    assert.equal((await ask({ address: `https://localhost:${server.port}/`, contains: 'fine' })).kind, 'passed');
    await noSocketLeft(server);
  });

  it('a wrong status, a broken connection, nobody at all', async () => {
    const server = await running(httpServer((_request, response) => void response.writeHead(404).end('no')));
    const { result } = await ask({ port: server.port, status: [200] });
    assert.deepEqual(
      { ...result, latencyMs: 0 },
      {
        name: 'it',
        ok: false,
        status: 404,
        latencyMs: 0,
        message: 'Expected status 200, got 404.',
      },
    );
    const broken = await running(tcpServer((socket) => void socket.once('data', () => socket.resetAndDestroy())));
    assert.match((await ask({ port: broken.port })).result.message ?? '', /closed before/);
    const port = await freePort();
    assert.match((await ask({ port })).result.message ?? '', new RegExp(`^Nothing is listening on port ${port},`));
  });

  it('a server that never answers, when the caller has lost interest', async () => {
    const server = await running(tcpServer(() => undefined));
    const caller = new AbortController();
    const asked = ask({ port: server.port, timeout: 10_000 }, caller.signal);
    await until('the server is asked', () => server.open() > 0);
    caller.abort();
    await asked;
    await noSocketLeft(server);
  });
});
