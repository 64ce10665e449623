/** Checks that a service that came up is the one that was found: its own processes listen on its port, and respond. */
import { t } from '../../core/wording/l10n';
import { toSnapshot, urlOf } from '../../core/snapshot/toSnapshot';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import type { TestRunOutcome } from '../../core/addServices/testRun';
import { readMembers, readOwnListeners } from '../diagnosis/treeFacts';
import type { Store } from '../store';
import type { World } from '../world';

/** A service without a port has to stay up this long. */
const stayUpMs = 4000;
const portCheckIntervalMs = 200;
const responseTimeoutMs = 5000;

export async function confirmTestRun(service: Service, store: Store, world: World): Promise<TestRunOutcome> {
  const { spec, state } = service;
  const { port } = spec;
  if (port === undefined) return confirmWithoutPort(spec.id, store, world);
  const own = await readOwnListeners(readMembers(state.lifecycle, world.trees), world.portTable);
  const ports = own.kind === 'known' ? [...new Set(own.value.map((listener) => listener.port))] : [];
  // Processes of Docker hold the port of a container. No listener among our own processes proves nothing then.
  if (ports.length > 0 && !ports.includes(port)) return { kind: 'elsewhere', expected: port, ports };
  const { health, reason } = toSnapshot(service);
  if (health === 'unhealthy') return { kind: 'failed', why: reason ?? t('The health check fails.') };
  return askForResponse(service, port, world);
}

/** Takes the response to the service's own probe. Without one, sends an HTTP request, whose response may have any status. */
async function askForResponse(service: Service, port: number, world: World): Promise<TestRunOutcome> {
  const { spec } = service;
  const last = toSnapshot(service).lastProbe;
  const url = urlOf(spec) ?? `http://localhost:${port}/`;
  if (last?.status !== undefined) return { kind: 'responds', url, status: last.status, latencyMs: last.latencyMs ?? 0 };
  if (spec.role === 'database' || spec.probe?.target.kind === 'exec') return { kind: 'listens', ports: [port] };
  const outcome = await world.prober.probe(plainProbe(spec, url), new AbortController().signal);
  const { status, latencyMs = 0 } = outcome;
  return status === undefined ? { kind: 'listens', ports: [port] } : { kind: 'responds', url, status, latencyMs };
}

const plainProbe = ({ cwd, env }: ServiceSpec, address: string) => ({
  probe: {
    target: { kind: 'http', address } as const,
    headers: {},
    interval: responseTimeoutMs,
    timeout: responseTimeoutMs,
    startPeriod: 0,
    successThreshold: 1,
    failureThreshold: 1,
  },
  cwd,
  env,
});

/** Without a port there is nothing to ask: waits whether it opens a port after all, and whether it stays up. */
async function confirmWithoutPort(id: string, store: Store, world: World): Promise<TestRunOutcome> {
  const { clock } = world;
  const until = clock.elapsed() + stayUpMs;
  for (;;) {
    const service = store.get(id);
    if (service?.state.lifecycle.kind !== 'running') {
      const reason = service === undefined ? undefined : toSnapshot(service).reason;
      return { kind: 'failed', why: reason ?? t('Exited unexpectedly.') };
    }
    const own = await readOwnListeners(readMembers(service.state.lifecycle, world.trees), world.portTable);
    if (own.kind === 'known' && own.value.length > 0) {
      return { kind: 'listens', ports: [...new Set(own.value.map(({ port }) => port))] };
    }
    if (clock.elapsed() >= until) return { kind: 'staysUp', ms: stayUpMs };
    await new Promise<void>((resolve) => void clock.after(portCheckIntervalMs, resolve));
  }
}
