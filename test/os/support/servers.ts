/** Servers that answer, and servers that misbehave in every way a probe must survive. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Cleanup } from './cleanup';
import { makeFolder } from '../../support/scratch';

export { freePort } from '../../support/freePort';

export interface RunningServer {
  readonly port: number;
  /** Connections that are open now. */
  open(): number;
}

/** Listens on a port of the system's choice. */
export async function listen(server: Server, cleanup: Cleanup, host = '127.0.0.1', port = 0): Promise<RunningServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, resolve);
  });
  cleanup.add(
    () =>
      new Promise<void>((resolve) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => resolve());
      }),
  );
  return { port: (server.address() as AddressInfo).port, open: () => sockets.size };
}

/** A server that does not read never learns that its client has left: `open` would count it for ever. */
export const tcpServer = (onSocket: (socket: Socket) => void): Server =>
  createTcpServer((socket) => {
    onSocket(socket);
    socket.resume();
  });

/** Writes `bytes` once the client has said something. */
export const replying = (bytes: string): Server => tcpServer((socket) => void socket.once('data', () => socket.write(bytes)));

export const httpServer = (handler: RequestListener): Server => createHttpServer(handler);

export function httpsServer(handler: RequestListener, cleanup: Cleanup): Server {
  const folder = makeFolder('probe-tls');
  cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
  const key = join(folder, 'key.pem');
  const cert = join(folder, 'cert.pem');
  const subject = ['-subj', '/CN=localhost', '-days', '1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
  return createHttpsServer({ key: readFileSync(key), cert: readFileSync(cert) }, handler);
}
