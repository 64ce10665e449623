/** Success is an accepted connection that stays open for a moment. */
import type { Socket } from 'node:net';
import { type Attempt, failed } from './attempt';
import type { Endpoint } from './classify';
import { Connecting } from './connect';
import { withinDeadline } from './deadline';
import { knockFirst, type Knocked } from './knock';
import { favouriteOf, race } from './race';
import { addressesOfHost } from './target';

/**
 * How long a connection is held before the port counts as open, in ms. A proxy without a server (docker-proxy, socat, ssh -L to a closed
 * port) closes it as soon as its own connection is refused: within 1 ms on this machine, later on a busy one. While a service starts,
 * the short look keeps "healthy" within 15 ms of `listen`, and a long look follows 250 ms later; every other probe looks for long.
 */
export const shortHoldMs = 3;
export const longHoldMs = 250;

export interface TcpLimits {
  /** In ms. */
  readonly timeout: number;
  /** Not longer than half the timeout. */
  readonly holdMs: number;
}

export interface TcpPlace {
  readonly port: number;
  /** This machine without one. */
  readonly host?: string | undefined;
}

/** Ends after the timeout at the latest; `signal` is looked at after 100 ms where the server has not responded yet. */
export function tcpAttempt({ port, host }: TcpPlace, limits: TcpLimits, signal: AbortSignal): Promise<Attempt> {
  const { timeout } = limits;
  const targets = addressesOfHost(host).map((address) => ({ address, port, secure: false, timeout }));
  const inTime = (knocked?: Knocked): Promise<Attempt> => attemptInTime(targets, limits, signal, knocked);
  return signal.aborted || favouriteOf(targets) !== undefined ? inTime() : knockFirst(targets, timeout, inTime);
}

/** `knocked`: with connections to the targets that are being made already. */
function attemptInTime(
  targets: readonly Endpoint[],
  { timeout, holdMs }: TcpLimits,
  outer: AbortSignal,
  knocked?: Knocked,
): Promise<Attempt> {
  const one = async (target: Endpoint, signal: AbortSignal): Promise<Attempt> => {
    const connection = knocked?.connections[targets.indexOf(target)] ?? new Connecting(target);
    const connected = await connection.within(signal);
    if (!connected.ok) return failed(connected.failure);
    const stays = await staysOpen(connected.socket, Math.min(holdMs, timeout / 2), signal);
    connected.socket.destroy();
    return stays ? { ok: true } : failed({ kind: 'reset' });
  };
  return withinDeadline(timeout, outer, (limit) => race(targets, limit, one), knocked?.passed);
}

/** A server that speaks first is one, whatever it does then. */
function staysOpen(socket: Socket, holdMs: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const settle = (stays: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      resolve(stays);
    };
    const abort = (): void => settle(false);
    const timer = setTimeout(() => settle(true), holdMs);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    socket.once('data', () => settle(true));
    socket.once('end', () => settle(false));
    socket.once('close', () => settle(false));
  });
}
