/** The server of the fixture (test/fixtures/host/server.js): how to run it, and how to send requests to it. */
import { createServer } from 'node:net';
import { join } from 'node:path';
import { folder } from './services';
import type { ServiceConfig } from './services';

export { freePort } from '../../support/freePort';

/** What the server reports about itself. */
export interface About {
  readonly pid: number;
  readonly children: readonly number[];
  readonly cwd: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly probes: { readonly health: number };
}

/** Runs the server without a shell, and probes /health often enough for a test. */
export const server = (port: number, more: Partial<ServiceConfig> = {}): ServiceConfig => ({
  command: ['node', serverFile(), '${port}'],
  port,
  health: { http: '/health', interval: '100ms' },
  ...more,
});

/** An absolute path, for services in another folder. */
export const serverFile = (): string => join(folder(), 'server.js');

export async function about(port: number): Promise<About> {
  return (await ask(port, '/about')) as About;
}

/** Changes the behavior of the server: `/status`, `/say` or `/exit`. */
export async function tell(port: number, path: string, value: string | number): Promise<void> {
  await ask(port, `${path}?value=${encodeURIComponent(value)}`);
}

async function ask(port: number, path: string): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return response.json();
}

/** Tells whether a server could listen there now. */
export function canBind(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
