/** Whether a service that came up is what was looked for: its own processes listen on its port, and reply. */
import { t } from '../../core/wording/l10n';
import { toSnapshot, urlOf } from '../../core/snapshot/toSnapshot';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import type { TrialOutcome } from '../../core/addServices/trial';
import { readMembers, readOwnListeners } from '../diagnosis/treeFacts';
import type { Store } from '../store';
import type { World } from '../world';

/** How long (ms) something without a port has to stay. */
const staying = 4000;
const pause = 200;
/** For one reply, in ms. */
const patience = 5000;

export async function confirm(service: Service, store: Store, world: World): Promise<TrialOutcome> {
  const { spec, state } = service;
  const { port } = spec;
  if (port === undefined) return stays(spec.id, store, world);
  const own = await readOwnListeners(readMembers(state.lifecycle, world.trees), world.portTable);
  const ports = own.kind === 'known' ? [...new Set(own.value.map((listener) => listener.port))] : [];
  // A container's port is held by Docker's processes: that nobody of ours listens proves nothing then.
  if (ports.length > 0 && !ports.includes(port)) return { kind: 'elsewhere', expected: port, ports };
  const { health, reason } = toSnapshot(service);
  if (health === 'unhealthy') return { kind: 'failed', why: reason ?? t('It does not answer as it should.') };
  return reply(service, port, world);
}

/** The reply to its own probe counts; what is only known to listen is asked in HTTP, whatever it replies. */
async function reply(service: Service, port: number, world: World): Promise<TrialOutcome> {
  const { spec } = service;
  const last = toSnapshot(service).lastProbe;
  const url = urlOf(spec) ?? `http://localhost:${port}/`;
  if (last?.status !== undefined) return { kind: 'answers', url, status: last.status, latencyMs: last.latencyMs ?? 0 };
  if (spec.role === 'database' || spec.probe?.target.kind === 'exec') return { kind: 'listens', ports: [port] };
  const outcome = await world.prober.probe(plain(spec, url), new AbortController().signal);
  const { status, latencyMs = 0 } = outcome;
  return status === undefined ? { kind: 'listens', ports: [port] } : { kind: 'answers', url, status, latencyMs };
}

const plain = ({ cwd, env }: ServiceSpec, address: string) => ({
  probe: {
    target: { kind: 'http', address } as const,
    headers: {},
    ...{ interval: patience, timeout: patience, startPeriod: 0, successThreshold: 1, failureThreshold: 1 },
  },
  cwd,
  env,
});

/** There is nothing to ask: that it does not end is all that can be seen, and maybe that it opens a port after all. */
async function stays(id: string, store: Store, world: World): Promise<TrialOutcome> {
  const { clock } = world;
  const until = clock.elapsed() + staying;
  for (;;) {
    const service = store.get(id);
    if (service?.state.lifecycle.kind !== 'running') {
      const reason = service === undefined ? undefined : toSnapshot(service).reason;
      return { kind: 'failed', why: reason ?? t('It ended by itself.') };
    }
    const own = await readOwnListeners(readMembers(service.state.lifecycle, world.trees), world.portTable);
    if (own.kind === 'known' && own.value.length > 0) {
      return { kind: 'listens', ports: [...new Set(own.value.map(({ port }) => port))] };
    }
    if (clock.elapsed() >= until) return { kind: 'lives', ms: staying };
    await new Promise<void>((resolve) => void clock.after(pause, resolve));
  }
}
