/** What services cost the extension host while nothing happens but a probe every 5 s. */
import * as vscode from 'vscode';
import { cleanUp, configure, theApi } from '../../host/support/services';
import type { ServiceConfig } from '../../host/support/services';
import { pause } from '../time';
import { until } from '../../support/poll';
import { processorTime } from '../../support/processorTime';
import { heapMegabytes, residentMegabytes, Stalls } from './gauge';
import { profiled } from './profiled';
import type { Idle, Order, ScaleAnswer } from './order';

type ScaleOrder = Extract<Order, { kind: 'scale' }>;

/** So many are started at a time: a person's machine would not like a hundred at once. */
export const together = 10;
/** After the last start VS Code has work of its own; in ms. */
export const calm = 4000;

export async function scale({ server, ports, sizes, seconds, profiles }: ScaleOrder): Promise<ScaleAnswer> {
  // People have the view open, and drawing it is part of the cost.
  await vscode.commands.executeCommand('serviceLifecycle.services.focus');
  const seen: Idle[] = [];
  let running = 0;
  for (const services of sizes) {
    await configure(Object.fromEntries(ports.slice(0, services).map((port, at) => [`s${at}`, entry(server, port)])));
    const stalls = new Stalls();
    await profiled(profiles, `start-${services}`, async () => {
      for (; running < services; running += together) await startSome(running, Math.min(services, running + together));
    });
    running = services;
    const stallAtStart = stalls.end();
    await pause(calm);
    const idle = await profiled(profiles, `idle-${services}`, () => watch(services, seconds));
    seen.push({ ...idle, stallAtStart });
  }
  await cleanUp();
  return seen;
}

export const entry = (server: string, port: number): ServiceConfig => ({
  command: ['python3', '-SE', server, String(port)],
  port,
  health: { http: '/health', interval: '5s' },
});

export async function startSome(from: number, to: number): Promise<void> {
  const api = await theApi();
  const ids = Array.from({ length: to - from }, (_, at) => `s${from + at}`);
  await Promise.all(ids.map((id) => api.start(id)));
  const areHealthy = (): boolean => {
    const healthy = new Set(api.services().flatMap(({ id, health }) => (health === 'healthy' ? [id] : [])));
    return ids.every((id) => healthy.has(id));
  };
  // The snapshots of a hundred services are no part of what is measured.
  await until(`${ids.join(', ')} to be healthy`, areHealthy, 60_000, 250);
}

/** First the processor, then the stalls: to look for those costs as much as many services do. */
export async function watch(services: number, seconds: number): Promise<Omit<Idle, 'stallAtStart'>> {
  const before = processorTime();
  const started = performance.now();
  await pause(seconds * 1000);
  const cpu = (100 * (processorTime() - before)) / (performance.now() - started);
  const stalls = new Stalls();
  await pause(seconds * 1000);
  const stall = stalls.end();
  const rss = residentMegabytes();
  const heap = heapMegabytes();
  return { services, cpu, rss, stall, heap, held: residentMegabytes() };
}
