import assert from 'node:assert/strict';
import { Cleanup } from '../support/cleanup';
import { freePort, listen, tcpServer } from '../support/servers';
import { until } from '../support/until';
import { ask, failureOf } from './support';

describe('tcp probe', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  for (const host of ['127.0.0.1', '::1']) {
    it(`succeeds on ${host} and closes at once`, async () => {
      const server = await listen(
        tcpServer((socket) => void socket.resume()),
        cleanup,
        host,
      );
      assert.ok((await ask({ kind: 'tcp', port: server.port })).ok);
      await until('no socket is left', () => server.open() === 0);
    });
  }

  it('refused', async () => {
    const port = await freePort();
    assert.deepEqual(await failureOf(ask({ kind: 'tcp', port })), { kind: 'refused', port });
  });
});
