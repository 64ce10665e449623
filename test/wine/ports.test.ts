/**
 * What Wine answers differently from Windows: its server holds all sockets, so the owner of each is 0 (no pid), which Windows alone can prove;
 * it lists the sockets of Linux too; it has no excluded port ranges.
 */
import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createWindowsPortTable } from '../../src/os/portTable/windows';
import { createWindowsProcessTable } from '../../src/os/processTable/windows';
import { system } from '../support/systems';
import { nativeSource } from './source';

/** What Wine shows instead of the owner of a socket is no pid. */
const owner = system === 'wine' ? 0 : process.pid;

describe('ports on Windows, by calls of the system', function () {
  this.timeout(60_000);
  const source = nativeSource();
  const table = createWindowsPortTable(source, createWindowsProcessTable(source));
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  const listen = (host: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const server = createServer();
      servers.push(server);
      server.once('error', reject);
      server.listen(0, host, () => resolve((server.address() as AddressInfo).port));
    });

  it('are listed with their addresses, IPv4 and IPv6', async () => {
    for (const [host, family] of [
      ['127.0.0.1', 4],
      ['0.0.0.0', 4],
      ['::1', 6],
    ] as const) {
      const port = await listen(host);
      assert.deepEqual(await table.listeners(port), {
        kind: 'known',
        value: [{ port, address: host, family, pids: owner === 0 ? [] : [owner] }],
      });
    }
  });

  it('are free when nothing is listening', async () => {
    const port = await listen('127.0.0.1');
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    assert.deepEqual(await table.listeners(port), { kind: 'known', value: [] });
  });

  it('are listed with the pids of their owners', async () => {
    const port = await listen('127.0.0.1');
    const sockets = await source.ask<'listeners'>({ kind: 'listeners' });
    assert.ok(sockets.kind === 'known');
    assert.deepEqual(
      sockets.value.filter((socket) => socket.port === port),
      [{ family: 4, address: '127.0.0.1', port, remoteAddress: '0.0.0.0', remotePort: 0, state: 2, pid: owner }],
    );
  });
});
