/**
 * The cheapest way to ask a server how it is: a request in one write, and of the response the status. Only for a place that has just
 * answered well through axios, which costs three times as much; whatever is not as expected is asked again there (docs/decisions/0006).
 */
import type { Socket } from 'node:net';
import { bodyLimit } from '../../core/checks/reply';
import type { ProbeFailure } from '../../core/model/failure';
import { connect } from './connect';
import type { HttpTarget } from './target';
import { userAgent } from './userAgent';

/** As in Node, where it is the limit for all headers together. */
const maxHeadBytes = 16 * 1024;
/** How long a body may continue, and the server may take to close the connection, after the status is known. */
const drainTimeoutMs = 100;

const requestOf = ({ path, host }: HttpTarget): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`;

/** `closed`: without a byte. `other`: no final HTTP/1 response, or an incomplete one. */
export type Status = number | 'closed' | 'other' | { readonly failure: ProbeFailure };

/**
 * Settles when the head of the response is whole, there is no connection, or `signal` aborts. The socket ends soon afterwards in any
 * case: by a reset once the server has closed its side, since the system keeps a connection that both sides close in its table for a
 * minute (TIME_WAIT), and each reader of the table reads it. A program that has closed its socket sees nothing of the reset.
 */
export async function statusOf(target: HttpTarget, timeout: number, signal: AbortSignal): Promise<Status> {
  const reading = new Reading();
  const connected = await connect({ ...target, timeout }, signal, (chunk) => reading.take(chunk));
  return connected.ok ? reading.of(connected.socket, requestOf(target), signal) : { failure: connected.failure };
}

class Reading {
  #size = 0;
  /** Of a head that is not whole. */
  #received: Buffer | undefined;
  /** Head and body, in bytes; undefined until the head is whole. */
  #awaited: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settle: ((status: Status) => void) | undefined;
  #end: () => void = () => undefined;

  of(socket: Socket, request: string, signal: AbortSignal): Promise<Status> {
    return new Promise((resolve) => {
      this.#end = () => {
        clearTimeout(this.#timer);
        signal.removeEventListener('abort', this.#end);
        socket.destroy();
        resolve(this.#size === 0 ? 'closed' : 'other');
      };
      this.#settle = (status) => {
        signal.removeEventListener('abort', this.#end);
        this.#timer = setTimeout(this.#end, drainTimeoutMs);
        resolve(status);
      };
      socket.once('end', () => {
        if (this.#awaited !== undefined) socket.resetAndDestroy();
      });
      // Without a listener a connection that breaks would be an uncaught exception.
      socket.on('error', this.#end);
      socket.once('close', this.#end);
      if (signal.aborted) return this.#end();
      signal.addEventListener('abort', this.#end, { once: true });
      socket.write(request, 'latin1');
    });
  }

  take(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#awaited === undefined) this.#takeHead(chunk);
    if (this.#awaited !== undefined && this.#size > this.#awaited) this.#end();
  }

  #takeHead(chunk: Buffer): void {
    const received = this.#received === undefined ? chunk : Buffer.concat([this.#received, chunk]);
    const head = headOf(received);
    if (head === 'other') this.#end();
    // The chunk is overwritten by the next one.
    else if (head === 'incomplete') this.#received = Buffer.from(received);
    else {
      this.#awaited = head.bytes;
      this.#settle?.(head.status);
    }
  }
}

interface Head {
  readonly status: number;
  /** Of the head and of as much of the body as is read. */
  readonly bytes: number;
}

const headEnd = '\r\n\r\n';

function headOf(received: Buffer): Head | 'incomplete' | 'other' {
  const at = received.indexOf(headEnd);
  if (at < 0) return received.length > maxHeadBytes ? 'other' : 'incomplete';
  const head = received.toString('latin1', 0, at);
  const status = Number(/^HTTP\/1\.[01] ([2-5]\d\d)(?:[ \r]|$)/.exec(head)?.[1]);
  if (!Number.isInteger(status) || at > maxHeadBytes) return 'other';
  const length = Number(/\r\ncontent-length: {0,4}(\d{1,10})(?:\r|$)/i.exec(head)?.[1] ?? bodyLimit);
  return { status, bytes: at + headEnd.length + Math.min(length, bodyLimit) };
}
