/**
 * The cheapest way to ask a server how it is: a request in one write, and of the response the status. Only for a place that has just
 * answered well through axios, which costs three times as much; whatever is not as expected is asked again there (docs/decisions/0006).
 * Nearly half of the processor time of a hundred watched services was the collection of what their probes had allocated (VS Code 1.139.1):
 * hence one timer for each request, and one buffer for all.
 */
import { Socket } from 'node:net';
import type { OnReadOpts, SocketConstructorOpts } from 'node:net';
import { bodyLimit } from '../../core/checks/reply';
import type { HttpTarget } from './target';
import { userAgent } from './userAgent';

/** As in Node, where it is the limit for all headers together. */
const maxHeadBytes = 16 * 1024;
/**
 * How long the response is awaited before anything else is tried (ms); and how long a body may continue, and the server may take to
 * close the connection, after the status is known.
 */
const patienceMs = 100;

const requestOf = ({ path, host }: HttpTarget): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`;

/** `closed`: without a byte. `other`: no final HTTP/1 response, or an incomplete one. An error: no connection was made. */
export type Status = number | 'closed' | 'other' | { readonly error: unknown };

/** For all: what is read from one connection is used before anything is read from the next. */
const buffer = Buffer.allocUnsafe(maxHeadBytes);

/**
 * Begins at once. The socket ends soon after the status is known in any case: by a reset once the server has closed its side, since the
 * system keeps a connection that both sides close in its table for a minute (TIME_WAIT), and each reader of the table reads it. A
 * program that has closed its socket sees nothing of the reset.
 */
export class StatusRequest {
  readonly #socket: Socket;
  #timer: NodeJS.Timeout | undefined;
  #status: Status | undefined;
  #settle: ((status: Status | undefined) => void) | undefined;
  #isOpen = false;
  /** Of a head that comes in several parts. */
  #received: Buffer | undefined;
  #size = 0;
  /** Where the body begins, in bytes from the beginning; Infinity until the head is whole. */
  #body = Infinity;

  constructor(readonly target: HttpTarget) {
    const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
      onread: { buffer, callback: (size) => this.#read(size) },
    };
    // Not `net.connect`, in whose place VS Code puts a function that reads settings and certificates (seen on 1.139.1).
    this.#socket = new Connection(options);
    this.#socket
      .on('connect', () => this.#send())
      .on('end', () => this.#onEnd())
      .on('error', (error) => this.#end({ error }))
      .on('close', () => this.#end());
    this.#socket.connect({ host: target.address, port: target.port, noDelay: true });
  }

  /** Returns the status, or undefined when it is not known after 100 ms, or `timeout` (ms) if that is shorter. */
  early(timeout: number): Promise<Status | undefined> {
    this.#timer = setTimeout(() => this.#onTime(), Math.min(patienceMs, timeout));
    return this.#known();
  }

  /** Returns the status, however late it comes. When `signal` aborts, the socket ends. */
  async late(signal: AbortSignal): Promise<Status> {
    const giveUp = (): void => this.giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    const status = await this.#known();
    signal.removeEventListener('abort', giveUp);
    return status ?? 'other';
  }

  #known(): Promise<Status | undefined> {
    const status = this.#status;
    return status === undefined ? new Promise((resolve) => (this.#settle = resolve)) : Promise.resolve(status);
  }

  /** Ends the socket if the status is not known. */
  giveUp(): void {
    if (this.#status === undefined) this.#end({ error: { code: 'ETIMEDOUT' } });
  }

  #send(): void {
    this.#isOpen = true;
    this.#socket.write(requestOf(this.target), 'latin1');
  }

  #read(size: number): boolean {
    this.#size += size;
    if (this.#body === Infinity) this.#readHead(buffer.subarray(0, size));
    if (this.#size - this.#body > bodyLimit) this.#end();
    return true;
  }

  #readHead(chunk: Buffer): void {
    const received = this.#received === undefined ? chunk : Buffer.concat([this.#received, chunk]);
    const end = received.indexOf(headEnd, 0, 'latin1');
    const status = end < 0 ? undefined : statusOf(received);
    if (status !== undefined && end <= maxHeadBytes) {
      this.#body = end + headEnd.length;
      this.#timer = this.#timer?.refresh() ?? setTimeout(() => this.#onTime(), patienceMs);
      this.#know(status);
    } else if (end >= 0 || received.length > maxHeadBytes) this.#end();
    // A copy: the buffer is for whatever is read next.
    else this.#received = received === chunk ? Buffer.from(chunk) : received;
  }

  #onTime(): void {
    if (this.#status === undefined) this.#settle?.(undefined);
    else this.#end();
  }

  #onEnd(): void {
    if (this.#status === undefined) this.#end();
    else this.#socket.resetAndDestroy();
  }

  /** `unconnected`: the status if no connection was made. */
  #end(unconnected: Status = 'closed'): void {
    clearTimeout(this.#timer);
    this.#socket.destroy();
    if (this.#isOpen) this.#know(this.#size === 0 ? 'closed' : 'other');
    else this.#know(unconnected);
  }

  /** What is known first holds. */
  #know(status: Status): void {
    this.#status ??= status;
    this.#settle?.(this.#status);
  }
}

/**
 * Closes its side only when it is destroyed: `resetAndDestroy` of Node ends the writing side first, after which Linux sends no reset
 * (seen with Node 20).
 */
class Connection extends Socket {
  override _final(done: (error?: Error | null) => void): void {
    done();
  }
}

const headEnd = '\r\n\r\n';
/** Where the digits are after `HTTP/1.1 `. */
const [digits, digitsEnd] = [9, 12];

/** Undefined when this is no final response of HTTP/1. */
function statusOf(head: Buffer): number | undefined {
  const line = head.toString('latin1', 0, digitsEnd + 1);
  return /^HTTP\/1\.[01] [2-5]\d\d[ \r]/.test(line) ? Number(line.slice(digits, digitsEnd)) : undefined;
}
