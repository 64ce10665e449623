/** One HTTP request over a connection that stands already. */
import { ClientRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { ProbeSpec } from '../../core/service';
import { type Attempt, failed } from './attempt';
import { bodyFailure, drain } from './body';
import { failureOf } from './classify';
import type { HttpTarget } from './target';

/**
 * Headers that arrive are an answer, whatever the body does: a health check asks whether the server reacts. Only when
 * the probe wants JSON is the body read, and then it has to be complete before the deadline.
 */
export async function exchange(target: HttpTarget, probe: ProbeSpec, socket: Socket, signal: AbortSignal): Promise<Attempt> {
  const endpoint = { ...target, timeout: probe.timeout };
  let release = (): void => void socket.destroy();
  try {
    const response = await request(target, probe, socket, signal);
    release = () => void drain(response).finally(() => socket.destroy());
    const { statusCode: status = 0 } = response;
    const failure = statusFailure(status, probe.status);
    if (failure !== undefined) return failed(failure, status);
    if (probe.json === undefined) return { ok: true, status };
    const bad = await bodyFailure(response, probe.json);
    return bad === undefined ? { ok: true, status } : failed(bad, status);
  } catch (error) {
    return failed(signal.aborted ? { kind: 'noAnswer', timeout: probe.timeout } : failureOf(error, endpoint));
  } finally {
    release();
  }
}

/**
 * Settles with the head of the answer. A `ClientRequest` of Node's, past `http.request`: in its place VS Code puts a function of
 * its own that looks for proxies, which took three quarters of the time of a probe (seen on 1.139.1) and is of no use on a
 * connection that stands already. Redirects are answers, not roads to follow.
 */
function request(target: HttpTarget, probe: ProbeSpec, socket: Socket, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      Host: target.host,
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      'User-Agent': 'service-lifecycle',
      ...probe.headers,
    };
    const createConnection = (): Socket => (target.secure ? secured(socket, target.serverName) : socket);
    const asked = new ClientRequest({ method: 'GET', path: target.path, headers, signal, createConnection }, resolve);
    // Stays: a connection that breaks after the answer must not become an uncaught exception.
    asked.on('error', reject);
    asked.end();
  });
}

function secured(socket: Socket, serverName: string | undefined): Socket {
  const server = serverName === undefined ? {} : { servername: serverName };
  // Certificates of local servers are self-signed; a health check does not judge them.
  return tlsConnect({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...server });
}

function statusFailure(status: number, accepted: readonly number[] | undefined) {
  const ok = accepted === undefined ? status >= 200 && status <= 399 : accepted.includes(status);
  if (ok) return undefined;
  return { kind: 'badStatus', status, expected: accepted === undefined ? '200 to 399' : accepted.join(' or ') } as const;
}
