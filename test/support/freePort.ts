/** Ports for servers of tests. */
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Those that were given out: the system may give a port again as soon as it is free. */
const given = new Set<number>();

/** A port of 127.0.0.1 that was free a moment ago, and that no other call in this process has returned. */
export async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    if (given.has(port)) continue;
    given.add(port);
    return port;
  }
}
