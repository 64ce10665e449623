/** Checks that a service that came up is the one that was found: its own processes listen on its port, and respond. */
import { defined } from '../../core/model/defined';
import { t } from '../../core/wording/l10n';
import { toSnapshot, urlOf } from '../../core/snapshot/toSnapshot';
import type { ProbeSpec, ServiceSpec } from '../../core/model/service';
import { hostOf } from '../../core/snapshot/portOf';
import { debuggerPorts } from '../../core/debug/ports';
import { isToolPort } from '../../core/diagnosis/realPorts';
import type { Service } from '../../core/lifecycle/state';
import type { Response, TestRunOutcome } from '../../core/addServices/testRun';
import { askInspectors } from '../debug/inspectors';
import { readMembers, readOwnListeners } from '../diagnosis/treeFacts';
import type { Store } from '../store';
import type { World } from '../world';

/** A service without a port has to stay up this long. */
const stayUpMs = 4000;
const portCheckIntervalMs = 200;
const responseTimeoutMs = 5000;
/** A server may accept connections before it can do its work. */
const readyTimeMs = 5000;

/** Paths at which servers report their health without a login, the most specific first. */
const healthPaths = ['/health', '/healthz', '/api/health', '/'] as const;

/** `found` is the service as it was found; `service` is what runs in its place. */
export async function confirmTestRun(service: Service, found: ServiceSpec, store: Store, world: World): Promise<TestRunOutcome> {
  const { port } = found;
  if (port === undefined) return confirmWithoutPort(service.spec.id, store, world);
  const ports = await ownPorts(service, world);
  // Processes of Docker hold the port of a container. No listener among our own processes proves nothing then.
  if (ports.length > 0 && !ports.includes(port)) return { kind: 'elsewhere', expected: port, ports };
  return askForResponse(found, { port, host: hostOf(service.state) ?? 'localhost' }, world);
}

/** The ports that the processes of the service listen on, without those of debuggers; none when that cannot be seen. */
export async function ownPorts(
  { spec, state }: Service,
  world: Pick<World, 'trees' | 'portTable' | 'prober'>,
): Promise<readonly number[]> {
  const reading = readMembers(state.lifecycle, world.trees);
  const [members, own] = await Promise.all([reading, readOwnListeners(reading, world.portTable)]);
  if (members.kind === 'unavailable' || own.kind === 'unavailable') return [];
  const ports = [...new Set(own.value.map((listener) => listener.port))];
  const signs = { spec, members: members.value, listeners: own.value, lines: [] };
  const inspectors = ports.some((port) => port === spec.port) ? new Set<number>() : await askInspectors(signs, world.prober);
  const tools = debuggerPorts({ ...signs, inspectors });
  return ports.filter((port) => port === spec.port || !(tools.has(port) || isToolPort(port)));
}

interface Place {
  readonly port: number;
  /** Another machine's for a container of an engine there. */
  readonly host: string;
}

async function askForResponse(spec: ServiceSpec, place: Place, world: World): Promise<TestRunOutcome> {
  const listens: TestRunOutcome = { kind: 'listens', ports: [place.port] };
  const target = spec.probe?.target;
  if (spec.role === 'database' || target?.kind === 'exec') return listens;
  if (target?.kind !== 'http') {
    const response = await ask(spec, { url: urlOf(spec, place.port, place.host) ?? rootOf(place) }, world);
    return response === undefined ? listens : { kind: 'responds', response: responseOf(response) };
  }
  const own = await askUntilWell(spec, asked(target.address, place), world);
  if (own === undefined) return listens;
  if (own.isWell) return { kind: 'responds', response: responseOf(own) };
  const refused = responseOf(own);
  for (const path of healthPaths) {
    const other = path === refused.path ? undefined : await ask(spec, asked(path, place), world);
    if (other?.isWell === true) return { kind: 'responds', response: responseOf(other), refused };
  }
  return { kind: 'responds', response: { url: refused.url, status: refused.status, latencyMs: refused.latencyMs }, refused };
}

const responseOf = ({ isWell: _, ...response }: Reply): Response => response;

interface Asked {
  readonly url: string;
  readonly path?: string;
}

const rootOf = ({ host, port }: Place): string => `http://${host}:${port}/`;

const asked = (address: string, place: Place): Asked =>
  address.startsWith('/') ? { url: rootOf(place) + address.slice(1), path: address } : { url: address, path: address };

type Reply = Response & {
  /** Whether a health check would pass. */
  readonly isWell: boolean;
};

async function askUntilWell(spec: ServiceSpec, request: Asked, world: World): Promise<Reply | undefined> {
  const until = world.clock.elapsed() + readyTimeMs;
  for (;;) {
    const reply = await ask(spec, request, world);
    // A path that is not there will not come.
    if (reply === undefined || reply.isWell || reply.status < 500 || world.clock.elapsed() >= until) return reply;
    await new Promise<void>((resolve) => void world.clock.after(portCheckIntervalMs, resolve));
  }
}

/** Undefined when the server does not speak HTTP. Without a path, the response may have any status. */
async function ask(spec: ServiceSpec, { url, path }: Asked, { prober }: World): Promise<Reply | undefined> {
  const probe = {
    ...(path === undefined ? plainProbe : { ...plainProbe, ...spec.probe }),
    target: { kind: 'http', address: url },
  } as const;
  const outcome = await prober.probe({ probe, cwd: spec.cwd, env: spec.env }, new AbortController().signal);
  const { status, latencyMs = 0 } = outcome;
  return status === undefined ? undefined : { url, ...defined({ path }), status, latencyMs, isWell: outcome.ok };
}

const plainProbe: Omit<ProbeSpec, 'target'> = {
  headers: {},
  interval: responseTimeoutMs,
  timeout: responseTimeoutMs,
  startPeriod: 0,
  successThreshold: 1,
  failureThreshold: 1,
};

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
    const ports = await ownPorts(service, world);
    if (ports.length > 0) return { kind: 'listens', ports };
    if (clock.elapsed() >= until) return { kind: 'staysUp', ms: stayUpMs };
    await new Promise<void>((resolve) => void clock.after(portCheckIntervalMs, resolve));
  }
}
