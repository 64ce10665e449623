/** A plain TCP connection: the cheapest way to learn that nothing is listening. */
import { Socket } from 'node:net';
import type { ProbeFailure } from '../../core/model/failure';
import { type Endpoint, failureOf } from './classify';

export type Connected = { readonly ok: true; readonly socket: Socket } | { readonly ok: false; readonly failure: ProbeFailure };

/** A connection that is being made. Who takes the socket destroys it; `giveUp` destroys one that nobody has taken. */
export class Connecting {
  /** Undefined once it is taken or given up. */
  #socket: Socket | undefined;
  #outcome: Connected | undefined;
  #settled: (() => void) | undefined;

  /** Begins at once. `settled` is called when there is an outcome, unless `within` is called first. */
  constructor(
    private readonly endpoint: Endpoint,
    settled?: () => void,
  ) {
    this.#settled = settled;
    // Not `net.connect`, in whose place VS Code puts a function that reads settings and certificates (seen on 1.139.1).
    const socket = new Socket();
    this.#socket = socket;
    socket.once('connect', () => this.#settle({ ok: true, socket }));
    // Stays for the life of the socket: a reset between two steps must not become an uncaught exception.
    socket.on('error', (error) => this.#settle({ ok: false, failure: failureOf(error, endpoint) }));
    socket.connect({ host: endpoint.address, port: endpoint.port, noDelay: true });
  }

  /** Undefined while it is being made. */
  get outcome(): Connected | undefined {
    return this.#outcome;
  }

  /** Takes the socket once it is connected. Ends by `signal` at the latest. */
  within(signal: AbortSignal): Promise<Connected> {
    return new Promise((resolve) => {
      const abort = (): void => {
        this.giveUp();
        this.#settle({ ok: false, failure: failureOf({ code: 'ETIMEDOUT' }, this.endpoint) });
      };
      const take = (): void => {
        signal.removeEventListener('abort', abort);
        if (this.#outcome !== undefined) resolve(this.#outcome);
        this.#socket = undefined;
      };
      this.#settled = take;
      if (this.#outcome !== undefined) take();
      else if (signal.aborted) abort();
      else signal.addEventListener('abort', abort, { once: true });
    });
  }

  giveUp(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #settle(outcome: Connected): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = outcome;
    this.#settled?.();
  }
}
