/** One HTTP request over a connection that stands already. */
import { ClientRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { bodyFailure, type Expectation, statusFailure, wantsBody } from '../../core/checks/reply';
import { type Attempt, failed } from './attempt';
import { drain, readBody } from './body';
import { failureOf } from './classify';
import type { HttpTarget } from './target';

/** What to ask, and what a good answer is: a probe or a check. */
export interface Question extends Expectation {
  readonly headers: Readonly<Record<string, string>>;
  /** In ms. */
  readonly timeout: number;
}

/**
 * Headers that arrive are an answer, whatever the body does: a health check asks whether the server reacts. Only when
 * JSON or a text is expected is the body read, and then it has to be complete before the deadline.
 */
export async function exchange(target: HttpTarget, question: Question, socket: Socket, signal: AbortSignal): Promise<Attempt> {
  const endpoint = { ...target, timeout: question.timeout };
  let release = (): void => void socket.destroy();
  try {
    const response = await request(target, question, socket, signal);
    release = () => void drain(response).finally(() => socket.destroy());
    const { statusCode: status = 0 } = response;
    const failure = statusFailure(status, question);
    if (failure !== undefined) return failed(failure, status);
    if (!wantsBody(question)) return { ok: true, status };
    const body = await readBody(response);
    const bad = bodyFailure(body, question);
    return bad === undefined ? { ok: true, status, body } : { ...failed(bad, status), body };
  } catch (error) {
    return failed(signal.aborted ? { kind: 'noAnswer', timeout: question.timeout } : failureOf(error, endpoint));
  } finally {
    release();
  }
}

/**
 * Settles with the head of the answer. A `ClientRequest` of Node's, past `http.request`: in its place VS Code puts a function of
 * its own that looks for proxies, which took three quarters of the time of a probe (seen on 1.139.1) and is of no use on a
 * connection that stands already. Redirects are answers, not roads to follow.
 */
function request(target: HttpTarget, question: Question, socket: Socket, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = {
      Host: target.host,
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      'User-Agent': 'service-lifecycle',
      ...question.headers,
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
