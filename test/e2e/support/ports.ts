/** Free ports of this machine: other servers run on it at the same time. */
import { createServer, type Server } from 'node:net';

export { freePorts } from '../../support/freePort';

/** Tells whether a server could listen there now. */
export async function canBind(port: number): Promise<boolean> {
  try {
    await close(await listen(port));
    return true;
  } catch {
    return false;
  }
}

const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, 'localhost', () => resolve(server));
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });
