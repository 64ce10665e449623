import assert from 'node:assert/strict';
import { createServer, Server, type AddressInfo } from 'node:net';
import { bindBesideListeners, createPortTable } from '../../../src/os/portTable/index';
import { known, unavailable } from '../../../src/core/model/process';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';

describe('whether a server could listen on Windows', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('is seen by the listeners, also where a bind on the loopback would succeed beside them', async () => {
    const port = await freePort();
    const listener = { port, address: '0.0.0.0', family: 4 as const, pids: [] };
    assert.deepEqual(await bindBesideListeners({ listeners: () => Promise.resolve(known([listener])) })(port), { kind: 'inUse' });
    assert.deepEqual(await bindBesideListeners({ listeners: () => Promise.resolve(known([])) })(port), { kind: 'free' });
  });

  it('is never tried on all addresses, about which the firewall of Windows would ask the user', async () => {
    const hosts: unknown[] = [];
    const listen = Server.prototype.listen;
    cleanup.add(() => void (Server.prototype.listen = listen));
    Server.prototype.listen = function (this: Server, ...args: unknown[]) {
      const [options] = args;
      hosts.push(typeof options === 'object' && options !== null && 'host' in options ? options.host : undefined);
      return Reflect.apply(listen, this, args) as Server;
    } as typeof listen;
    await createPortTable('win32').canBind(await freePort());
    assert.deepEqual(hosts.slice(-2), ['127.0.0.1', '::1']);
    assert.equal(hosts.includes('::') || hosts.includes('0.0.0.0'), false);
  });

  it('is tried on the loopback only, where listeners cannot be seen as well', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanup.add(() => void server.close());
    const bind = bindBesideListeners({ listeners: () => Promise.resolve(unavailable('The helper has ended.')) });
    assert.deepEqual(await bind((server.address() as AddressInfo).port), { kind: 'inUse' });
  });
});
