/**
 * The cheapest way to ask a server how it is: a request in one write, and of the response the status. Only for a place that has just
 * answered well through axios, which costs three times as much; whatever is not as expected is asked again there (docs/decisions/0006).
 */
import type { Socket } from 'node:net';
import { bodyLimit } from '../../core/checks/reply';
import type { HttpTarget } from './target';
import { userAgent } from './userAgent';

/** As in Node, where it is the limit for all headers together. */
const maxHeadBytes = 16 * 1024;
/** How long a body may continue, and the server may take to close the connection, after the status is known. */
const drainTimeoutMs = 100;

const requestOf = ({ path, host }: HttpTarget): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\nAccept-Encoding: identity\r\nUser-Agent: ${userAgent}\r\nConnection: close\r\n\r\n`;

/** `closed`: without a byte. `other`: no final HTTP/1 response, or an incomplete one. */
export type Status = number | 'closed' | 'other';

/**
 * Settles when the head of the response is whole, or `signal` aborts. The socket ends soon afterwards in any case: by a reset once the
 * server has closed its side, since the system keeps a connection that both sides close in its table for a minute (TIME_WAIT), and
 * each reader of the table reads it. A program that has closed its socket sees nothing of the reset.
 */
export function statusOf(target: HttpTarget, socket: Socket, signal: AbortSignal): Promise<Status> {
  return new Promise((resolve) => {
    let size = 0;
    let received: Buffer | undefined;
    let awaited: number | undefined;
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      socket.destroy();
      resolve(size === 0 ? 'closed' : 'other');
    };
    const drain = (head: Head): void => {
      signal.removeEventListener('abort', end);
      awaited = head.bytes;
      timer = setTimeout(end, drainTimeoutMs);
      resolve(head.status);
    };
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (awaited === undefined) {
        received = received === undefined ? chunk : Buffer.concat([received, chunk]);
        const head = headOf(received);
        if (head === 'incomplete') return;
        if (head === 'other') return end();
        drain(head);
      }
      if (awaited !== undefined && size > awaited) end();
    });
    socket.once('end', () => {
      if (awaited !== undefined) socket.resetAndDestroy();
    });
    // Without a listener a connection that breaks would be an uncaught exception.
    socket.on('error', end);
    socket.once('close', end);
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    socket.write(requestOf(target), 'latin1');
  });
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
