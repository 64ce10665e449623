/** A plain TCP connection: the cheapest way to learn that nothing is listening. */
import { Socket } from 'node:net';
import type { ProbeFailure } from '../../core/model/failure';
import { type Endpoint, failureOf } from './classify';

export type Connected = { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly failure: ProbeFailure };

/** The caller destroys the socket. Ends by `signal` at the latest. */
export function connect(endpoint: Endpoint, signal: AbortSignal): Promise<Connected> {
  return new Promise((resolve) => {
    // Not `net.connect`, in whose place VS Code puts a function that reads settings and certificates (seen on 1.139.1).
    const socket = new Socket();
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
