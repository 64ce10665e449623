/** The one place that speaks HTTP: one request of axios over a connection that is already open. */
import { ClientRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import type { AxiosResponse, AxiosStatic } from 'axios';
import { defined } from '../../core/model/defined';
import type { HttpTarget } from './target';
import { userAgent } from './userAgent';

/** The head of a response, and its body as a stream that the caller must read or destroy. */
export type Response = AxiosResponse<IncomingMessage>;

let loading: Promise<AxiosStatic> | undefined;

/** Loads axios, once. Called as soon as a service is asked for the first time, which is before it listens. */
export const loadAxios = (): Promise<AxiosStatic> => (loading ??= import('./axios').then((module) => module.default));

export interface Request {
  readonly target: HttpTarget;
  readonly headers: Readonly<Record<string, string>>;
  /** An open connection to the address of the target; the caller destroys it. */
  readonly socket: Socket;
}

/**
 * Settles with the head of the response, whatever its status. Rejects with an error that has the code of the network stack, or
 * `ERR_CANCELED` when `signal` aborted. Each option closes a hole that was measured with axios 1.21.1: a proxy of the environment is
 * used for 127.0.0.1, a redirect leads to another server, a compressed body is expanded without limit. `timeout` is not one of them, as
 * a body that drips outlives it: the signal ends everything.
 */
export async function request({ target, headers, socket }: Request, signal: AbortSignal): Promise<Response> {
  const axios = await loadAxios();
  const address = target.address.includes(':') ? `[${target.address}]` : target.address;
  return axios.request<IncomingMessage>({
    url: `${target.secure ? 'https' : 'http'}://${address}:${target.port}${target.path}`,
    method: 'GET',
    headers: {
      Host: target.host,
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      'User-Agent': userAgent,
      ...headers,
    },
    signal,
    proxy: false,
    maxRedirects: 0,
    validateStatus: () => true,
    responseType: 'stream',
    decompress: false,
    transport: transportOver(socket, target),
  });
}

/**
 * A `ClientRequest` of Node's, past `http.request`: in its place VS Code puts a function of its own that looks for proxies, which took
 * three quarters of the time of a probe (seen on 1.139.1) and is of no use on a connection that is already open. No agent keeps the
 * connection.
 */
const transportOver = (socket: Socket, target: HttpTarget) => ({
  request: ({ method, path, headers }: RequestOptions, answered: (response: IncomingMessage) => void): ClientRequest => {
    const createConnection = (): Socket => (target.secure ? secured(socket, target.serverName) : socket);
    return new ClientRequest(defined({ method, path, headers, createConnection }), answered);
  },
});

function secured(socket: Socket, serverName: string | undefined): Socket {
  const server = serverName === undefined ? {} : { servername: serverName };
  // Certificates of local servers are self-signed; a health check does not judge them.
  return tlsConnect({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...server });
}
