/** A plain TCP connection: the cheapest way to learn that nothing is listening. */
import { Socket } from 'node:net';
import type { OnReadOpts, SocketConstructorOpts } from 'node:net';
import type { ProbeFailure } from '../../core/model/failure';
import { type Endpoint, failureOf } from './classify';

export type Connected = { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly failure: ProbeFailure };

/** What one read takes at most, in bytes. All connections share it: a chunk is received before the next read. */
const chunks = Buffer.alloc(64 * 1024);

/**
 * The caller destroys the socket. Ends by `signal` at the latest. With `receive` no stream is read: a chunk is there during the call
 * only. Node makes a buffer of 64 KB for each read of a stream, and V8 collects the whole heap again and again for them: with 100
 * services every 4 s, which took more time than all else (seen on 1.139.1).
 */
export function connect(endpoint: Endpoint, signal: AbortSignal, receive?: (chunk: Buffer) => void): Promise<Connected> {
  return new Promise((resolve) => {
    // Not `net.connect`, in whose place VS Code puts a function that reads settings and certificates (seen on 1.139.1).
    const socket = new Connection(receive && readingInto(receive));
    const abort = (): void => {
      socket.destroy();
      fail({ code: 'ETIMEDOUT' });
    };
    const fail = (error: unknown): void => {
      signal.removeEventListener('abort', abort);
      resolve({ ok: false, failure: failureOf(error, endpoint) });
    };
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      resolve({ ok: true, socket });
    });
    // Stays for the life of the socket: a reset between two steps must not become an uncaught exception.
    socket.on('error', fail);
    socket.connect({ host: endpoint.address, port: endpoint.port, noDelay: true });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

/** The types of Node know `onread` for `connect` only, where it has no effect on a socket that is already made. */
function readingInto(receive: (chunk: Buffer) => void): SocketConstructorOpts {
  const callback = (size: number): true => {
    receive(chunks.subarray(0, size));
    return true;
  };
  const onread: OnReadOpts = { buffer: chunks, callback };
  return { onread } as SocketConstructorOpts;
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
