/** Messages on a socket: one line of JSON each, neither endless nor without bound when the other side does not read. */
import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import type { Connection, ConnectionListener } from '../../app/sharing/ports';

/** Characters of one message. */
const maxMessage = 1024 * 1024;
/** Bytes that wait for a side that does not read. */
const maxUnread = 8 * 1024 * 1024;

export class JsonLines implements Connection {
  readonly #decoder = new StringDecoder('utf8');
  #text = '';
  #limit: number;
  #listener: ConnectionListener | undefined;
  #first: ((message: unknown) => void) | undefined;
  /** What came before anybody listened. */
  readonly #early: unknown[] = [];
  #isClosed = false;

  /** `maxFirst`: characters of the first message, from a peer that is not authenticated yet. */
  constructor(
    private readonly socket: Socket,
    { maxFirst = maxMessage }: { readonly maxFirst?: number } = {},
  ) {
    this.#limit = maxFirst;
    socket.on('data', (data: Buffer) => this.#read(this.#decoder.write(data)));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#closed());
  }

  /** Takes the first message; the listener gets the others. */
  first(take: (message: unknown) => void): void {
    this.#first = take;
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener.received(message);
    if (this.#isClosed) listener.closed();
  }

  send(message: object): void {
    if (this.socket.destroyed) return;
    if (this.socket.writableLength > maxUnread) this.socket.destroy();
    else this.socket.write(`${JSON.stringify(message)}\n`);
  }

  /** What was sent before is still delivered. */
  dispose(): void {
    this.socket.end();
    this.socket.destroySoon();
  }

  #read(text: string): void {
    this.#text += text;
    for (let end = this.#text.indexOf('\n'); end >= 0; end = this.#text.indexOf('\n')) {
      const line = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 1);
      if (line.length > this.#limit || !this.#take(line)) return void this.socket.destroy();
    }
    if (this.#text.length > this.#limit) this.socket.destroy();
  }

  /** False for what is no JSON. */
  #take(line: string): boolean {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      return false;
    }
    const first = this.#first;
    if (first !== undefined) {
      this.#first = undefined;
      this.#limit = maxMessage;
      first(message);
    } else if (this.#listener === undefined) this.#early.push(message);
    else this.#listener.received(message);
    return true;
  }

  #closed(): void {
    this.#isClosed = true;
    this.#listener?.closed();
  }
}
