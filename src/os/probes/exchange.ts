/** One HTTP request over a connection that stands already. */
import { Agent as HttpAgent, ClientRequest } from 'node:http';
import type { IncomingMessage, RequestOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import type { AxiosResponse, AxiosStatic } from 'axios';
import type { ProbeSpec } from '../../core/service';
import { type Attempt, failed } from './attempt';
import { bodyFailure, drain } from './body';
import { failureOf } from './classify';
import type { HttpTarget } from './target';

let axiosModule: Promise<AxiosStatic> | undefined;

/** axios costs tens of ms to load: not at activation, but before the first server listens. */
export const preloadAxios = (): Promise<AxiosStatic> => (axiosModule ??= import('axios').then((module) => module.default));

/**
 * Headers that arrive are an answer, whatever the body does: a health check asks whether the server reacts. Only when
 * the probe wants JSON is the body read, and then it has to be complete before the deadline.
 */
export async function exchange(target: HttpTarget, probe: ProbeSpec, socket: Socket, signal: AbortSignal): Promise<Attempt> {
  const endpoint = { ...target, timeout: probe.timeout };
  let release = (): void => void socket.destroy();
  try {
    const response = await request(target, probe, socket, signal);
    release = () => void drain(response.data).finally(() => socket.destroy());
    const failure = statusFailure(response.status, probe.status);
    if (failure !== undefined) return failed(failure, response.status);
    if (probe.json === undefined) return { ok: true, status: response.status };
    const bad = await bodyFailure(response.data, probe.json);
    return bad === undefined ? { ok: true, status: response.status } : failed(bad, response.status);
  } catch (error) {
    return failed(signal.aborted ? { kind: 'noAnswer', timeout: probe.timeout } : failureOf(error, endpoint));
  } finally {
    release();
  }
}

/** Each option closes a hole that was measured: `timeout` alone lets a dripping body go on, a proxy of the environment is used for 127.0.0.1. */
async function request(
  target: HttpTarget,
  probe: ProbeSpec,
  socket: Socket,
  signal: AbortSignal,
): Promise<AxiosResponse<Readable>> {
  const axios = await preloadAxios();
  const address = target.address.includes(':') ? `[${target.address}]` : target.address;
  return axios.request<Readable>({
    url: `${target.secure ? 'https' : 'http'}://${address}:${target.port}${target.path}`,
    method: 'GET',
    headers: {
      Host: target.host,
      Accept: '*/*',
      'Accept-Encoding': 'identity',
      'User-Agent': 'service-lifecycle',
      ...probe.headers,
    },
    signal,
    timeout: probe.timeout,
    proxy: false,
    maxRedirects: 0,
    validateStatus: () => true,
    responseType: 'stream',
    decompress: false,
    transport: direct,
    ...(target.secure ? { httpsAgent: secureAgent(socket, target.serverName) } : { httpAgent: plainAgent(socket) }),
  });
}

/**
 * Past `http.request`, in whose place VS Code puts a function of its own that looks for proxies: that took three quarters of
 * the time of a probe (seen on 1.139.1), and is of no use on a connection that stands already.
 */
const direct = {
  request: (options: RequestOptions, answered: (response: IncomingMessage) => void) => new ClientRequest(options, answered),
};

/** An agent for one request, which uses the given connection instead of making its own. */
function plainAgent(socket: Socket): HttpAgent {
  const agent = new HttpAgent({ keepAlive: false });
  agent.createConnection = () => socket;
  return agent;
}

function secureAgent(socket: Socket, serverName: string | undefined): HttpsAgent {
  const agent = new HttpsAgent({ keepAlive: false, rejectUnauthorized: false });
  const server = serverName === undefined ? {} : { servername: serverName };
  // Certificates of local servers are self-signed; a health check does not judge them.
  agent.createConnection = () => tlsConnect({ socket, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'], ...server });
  return agent;
}

function statusFailure(status: number, accepted: readonly number[] | undefined) {
  const ok = accepted === undefined ? status >= 200 && status <= 399 : accepted.includes(status);
  if (ok) return undefined;
  return { kind: 'badStatus', status, expected: accepted === undefined ? '200 to 399' : accepted.join(' or ') } as const;
}
