import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { defined } from '../../../src/core/model/defined';
import { Cleanup } from '../support/cleanup';
import { freePort, listen, type RunningServer, tcpServer } from '../support/servers';
import { until } from '../support/until';
import { ask, failureOf } from './support';

describe('tcp probe', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  for (const host of ['127.0.0.1', '::1']) {
    it(`succeeds on ${host} with a server that says nothing, and leaves no socket`, async () => {
      const server = await listen(
        tcpServer((socket) => void socket.resume()),
        cleanup,
        host,
      );
      assert.ok((await ask({ kind: 'tcp', port: server.port })).ok);
      await until('no socket is left', () => server.open() === 0);
    });
  }

  it('asks another host where it is given one, which HTTP does too', async () => {
    const server = await listen(
      tcpServer((socket) => void socket.end('HTTP/1.1 204 No Content\r\n\r\n')),
      cleanup,
      '::1',
    );
    const { port } = server;
    for (const [host, ok] of [
      ['[::1]', true],
      ['127.0.0.1', false],
    ] as const) {
      assert.equal((await ask({ kind: 'tcp', port }, { host })).ok, ok);
      assert.equal((await ask({ kind: 'http', address: '/' }, { port, host })).ok, ok);
    }
  });

  it('refused', async () => {
    const port = await freePort();
    assert.deepEqual(await failureOf(ask({ kind: 'tcp', port })), { kind: 'refused', port });
  });

  const running = (onSocket: (socket: Socket) => void): Promise<RunningServer> => listen(tcpServer(onSocket), cleanup);
  const tcp = (port: number, manner?: 'hold', timeout = 3000) => ask({ kind: 'tcp', port }, { timeout, ...defined({ manner }) });

  it('fails where a proxy without a server closes or resets the connection at once', async () => {
    const closing = await running((socket) => void socket.end());
    const resetting = await running((socket) => void socket.resetAndDestroy());
    for (const { port } of [closing, resetting]) {
      assert.deepEqual(await failureOf(tcp(port, 'hold')), { kind: 'reset' });
      await until('no socket is left', () => closing.open() + resetting.open() === 0);
    }
  });

  it('looks for a few ms while a service starts, and for long later', async () => {
    const { port } = await running((socket) => void setTimeout(() => socket.end(), 60));
    const short = await tcp(port);
    assert.ok(short.ok && short.latencyMs < 60);
    assert.deepEqual(await failureOf(tcp(port, 'hold')), { kind: 'reset' });
  });

  it('needs no longer look at a server that speaks first, and closes then', async () => {
    const { port } = await running((socket) => void socket.end('220 mail.test ESMTP\r\n'));
    const started = performance.now();
    assert.ok((await tcp(port, 'hold')).ok);
    assert.ok(performance.now() - started < 200);
  });

  it('ends in time where the timeout is shorter than a long look', async () => {
    const { port } = await running(() => undefined);
    assert.ok((await tcp(port, 'hold', 100)).ok);
  });

  it('ends at once when the caller has lost interest', async () => {
    const server = await running(() => undefined);
    const caller = new AbortController();
    const outcome = ask({ kind: 'tcp', port: server.port }, { manner: 'hold', signal: caller.signal });
    await until('the connection is there', () => server.open() > 0);
    caller.abort();
    assert.ok(!(await outcome).ok);
    await until('no socket is left', () => server.open() === 0);
  });
});
