/** A door to this window for other windows of the same user: a Unix domain socket in a folder of its own, or a named pipe. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { connect as connectSocket, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { Disposable } from '../../app/ports';
import type { Address, Channel, Connection } from '../../app/sharing/ports';
import { known, unavailable } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { JsonLines } from './jsonLines';
import { removeLeftDoors } from './leftDoors';

/** Whoever connects has this long to show the token. */
const greetingMs = 5000;
/** Bytes of the token and what frames it. */
const maxGreeting = 1024;
const connectMs = 2000;
/** `sun_path` has 104 bytes on macOS and 108 on Linux, the end included. */
const maxPath = 103;

export class SocketChannel implements Channel, Disposable {
  #server: Server | undefined;
  #folder: string | undefined;
  readonly #sockets = new Set<Socket>();

  async serve(accept: (connection: Connection) => void): Promise<Reading<Address>> {
    const token = randomBytes(32).toString('hex');
    try {
      const address = process.platform === 'win32' ? pipeName() : this.#socketPath();
      const server = createServer((socket) => this.#greet(socket, token, accept));
      this.#server = server;
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(address, resolve);
      });
      // Errors of single connections are theirs; one of the server itself leaves those that are connected.
      server.on('error', () => undefined);
      server.unref();
      return known({ path: address, token });
    } catch (error) {
      return unavailable(String(error));
    }
  }

  connect({ path: address, token }: Address): Promise<Reading<Connection>> {
    return new Promise((resolve) => {
      const socket = connectSocket(address);
      const fail = (why: string): void => {
        socket.destroy();
        resolve(unavailable(why));
      };
      const timer = setTimeout(() => fail(`no connection within ${connectMs} ms`), connectMs);
      socket.once('error', (error) => {
        clearTimeout(timer);
        fail(String(error));
      });
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.unref();
        this.#keep(socket);
        const connection = new JsonLines(socket);
        connection.send({ token });
        resolve(known(connection));
      });
    });
  }

  /** Synchronous: the window may be closing. */
  dispose(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server?.close();
    if (this.#folder === undefined) return;
    try {
      rmSync(path.join(this.#folder, 's'), { force: true });
      rmdirSync(this.#folder);
    } catch {
      // A folder that is left in the temporary folder holds nothing.
    }
  }

  #greet(socket: Socket, token: string, accept: (connection: Connection) => void): void {
    socket.unref();
    this.#keep(socket);
    const timer = setTimeout(() => socket.destroy(), greetingMs);
    timer.unref();
    const connection = new JsonLines(socket, { maxFirst: maxGreeting });
    let isKnown = false;
    socket.once('close', () => clearTimeout(timer));
    connection.first((message) => {
      clearTimeout(timer);
      isKnown = isToken(message, token);
      if (isKnown) accept(connection);
      else socket.destroy();
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** In a folder that only the user may enter. */
  #socketPath(): string {
    const places = [tmpdir(), '/tmp'];
    const place = places.find((each) => Buffer.byteLength(path.join(each, 'service-lifecycle-XXXXXX', 's')) <= maxPath) ?? '/tmp';
    this.#folder = mkdtempSync(path.join(place, 'service-lifecycle-'));
    void removeLeftDoors(place);
    return path.join(this.#folder, 's');
  }
}

const pipeName = (): string => `\\\\.\\pipe\\service-lifecycle-${randomBytes(16).toString('hex')}`;

function isToken(message: unknown, token: string): boolean {
  if (typeof message !== 'object' || message === null || !('token' in message) || typeof message.token !== 'string') return false;
  const [given, wanted] = [Buffer.from(message.token), Buffer.from(token)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
