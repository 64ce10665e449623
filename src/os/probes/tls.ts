/** Detects whether a port speaks TLS, to explain why it does not speak plain HTTP. */
import { connect as tlsConnect } from 'node:tls';
import type { Endpoint } from './classify';

/** A handshake on this machine takes 2 to 20 ms; a probe that already failed may wait this long for its cause. */
const handshakeTimeoutMs = 250;

export function speaksTls(endpoint: Endpoint, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    // Certificates of local servers are self-signed; what is asked here is only which protocol they speak.
    const socket = tlsConnect({ host: endpoint.address, port: endpoint.port, rejectUnauthorized: false });
    const settle = (answer: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', no);
      socket.destroy();
      resolve(answer);
    };
    const no = (): void => settle(false);
    const timer = setTimeout(no, handshakeTimeoutMs);
    signal.addEventListener('abort', no, { once: true });
    socket.once('secureConnect', () => settle(true));
    socket.on('error', no);
    socket.once('close', no);
  });
}
