/** Whether a server could listen on a port, by doing it for a moment. */
import { createServer } from 'node:net';
import type { BindOutcome } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import { errorCode } from '../system/errorCode';

/**
 * On Linux the first address conflicts with every listener; macOS and Windows let a wildcard and a specific address
 * be bound side by side, so each is tried.
 */
const addresses: readonly string[] = ['::', '0.0.0.0', '127.0.0.1', '::1'];

/** What the firewall of Windows does not ask about: to listen on all addresses makes it ask the user whether VS Code may. */
export const loopback: readonly string[] = ['127.0.0.1', '::1'];

/** Two tests of the same port at the same time would take each other for a server. */
const running = new Map<number, Promise<BindOutcome>>();

/** `forbidden` explains why the system refuses the port although nothing is listening on it. */
export function canBind(
  port: number,
  forbidden: (port: number) => Promise<string>,
  at: readonly string[] = addresses,
): Promise<BindOutcome> {
  const present = running.get(port);
  if (present !== undefined) return present;
  const test = tryAll(port, forbidden, at).finally(() => running.delete(port));
  running.set(port, test);
  return test;
}

async function tryAll(port: number, forbidden: (port: number) => Promise<string>, at: readonly string[]): Promise<BindOutcome> {
  let bound = 0;
  let why = '';
  for (const address of at) {
    const code = await bind(port, address);
    if (code === 'EADDRINUSE') return { kind: 'inUse' };
    if (code === 'EACCES') return { kind: 'forbidden', why: await forbidden(port) };
    if (code === '') bound++;
    // A machine without IPv6 lacks two of the addresses: EAFNOSUPPORT or EADDRNOTAVAIL.
    else why = code;
  }
  return bound > 0 ? { kind: 'free' } : { kind: 'unavailable', why: t('Port {0} could not be tried ({1}).', port, why) };
}

/** The code of the error, empty when it went well. */
function bind(port: number, host: string): Promise<string> {
  return new Promise((resolve) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => resolve(errorCode(error) || error.message));
    // `exclusive` keeps a cluster worker from asking its primary, which could answer for another process.
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('')));
  });
}
