/** The engine of the tests under an address of its own, which can be closed: as an engine on another machine that stops answering. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export class Tunnel {
  readonly #open = new Set<Socket>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly address: string,
  ) {}

  /** `host`: an address of this machine. */
  static async open(host: string): Promise<Tunnel> {
    const server = createServer({ allowHalfOpen: true });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const { port } = server.address() as AddressInfo;
    const tunnel = new Tunnel(server, `tcp://${host}:${port}`);
    server.on('connection', (client) => tunnel.#join(client));
    return tunnel;
  }

  /** Whoever uses it is cut off, and nobody is accepted any more. */
  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise<unknown>((resolve) => this.server.close(resolve));
  }

  #join(client: Socket): void {
    const engine = connect(engineSocket());
    engine.allowHalfOpen = true;
    for (const [from, to] of [
      [client, engine],
      [engine, client],
    ] as const) {
      this.#open.add(from);
      from.on('error', () => to.destroy()).on('close', () => this.#open.delete(from));
      from.pipe(to);
    }
  }
}

/** Of the engine that the tests use. */
function engineSocket(): { readonly path: string } | { readonly host: string; readonly port: number } {
  const address = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';
  if (address.startsWith('unix://')) return { path: address.slice('unix://'.length) };
  const { hostname, port } = new URL(address.replace(/^tcp:/, 'http:'));
  return { host: hostname, port: Number(port) };
}
