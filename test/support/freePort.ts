/** Ports for servers of tests. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that systems give to outgoing connections and to servers without a wish (from 32768 on Linux, from 49152 elsewhere): a
 * connection of any process may take one of them as soon as the server of a test has stopped.
 */
const [first, last] = [12_000, 32_000];
/** Where ports are chosen for services with `"port": "auto"`. */
const isAutomatic = (port: number): boolean => port >= 23_400 && port <= 23_999;

/** Those that were given out. */
const given = new Set<number>();

/** A port that was free a moment ago, on every address, and that no other call in this process has returned. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(first, last);
    if (given.has(port) || isAutomatic(port) || !(await canListen(port))) continue;
    given.add(port);
    return port;
  }
}

const canListen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });

/** The same, several. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}
