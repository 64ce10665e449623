/** Reads how the service responds: to its own probe, and on each loopback address. */
import type { AddressProbe, OwnProbe } from '../../core/diagnosis/facts';
import { defined } from '../../core/model/defined';
import { isAnswer } from '../../core/model/health';
import type { ProbeOutcome } from '../../core/model/health';
import { doubtfulStatus } from '../../core/model/unprovenPath';
import { healthOf } from '../../core/snapshot/toSnapshot';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import { asksService } from '../../core/model/service';
import type { AskedProbe, ServiceSpec } from '../../core/model/service';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import type { Prober } from '../ports';

/**
 * One request runs for nearly the whole time of a diagnosis (3 s): a slow answer is measured, where several short requests would only
 * find that none came in time.
 */
const ownTimeoutMs = 2800;
/** The loopback addresses are only compared. */
const maxAddressTimeoutMs = 2000;

export async function probeOwn(
  spec: ServiceSpec,
  lifecycle: Lifecycle,
  prober: Prober,
  signal: () => AbortSignal,
): Promise<Reading<OwnProbe>> {
  const { probe, port, env } = spec;
  if (probe === undefined) return unavailable(t('The service has no health check.'));
  if (!isThere(lifecycle)) return unavailable(t('The service is not running.'));
  if (probe.target.kind === 'exec')
    return unavailable(t('A diagnosis does not run commands of the workspace; the last result of the health check counts.'));
  if (!asksService(probe)) return unavailable(t('The engine reports the health of the container.'));
  const request = { probe: { ...probe, timeout: ownTimeoutMs }, cwd: spec.folder, env, ...defined({ port }) };
  return known({ outcome: await prober.probe(request, signal()), timeout: ownTimeoutMs });
}

const isThere = ({ kind }: Lifecycle): boolean => kind === 'starting' || kind === 'running' || kind === 'external';

/** The best first. The root comes last: a frontend serves it whatever its backend does. */
const usualPaths = ['/health', '/healthz', '/api/health', '/up', '/'];

/**
 * Returns a usual path that responds with 2xx when that of the health check was not tried and seems wrong. One request after another,
 * until one succeeds: each that fails is a line in the log of the server.
 */
export async function findRespondingPath(
  { spec, state: { lifecycle } }: Service,
  prober: Prober,
  signal: () => AbortSignal,
): Promise<string | undefined> {
  const { probe, port } = spec;
  if (probe?.target.kind !== 'http' || port === undefined || !isThere(lifecycle)) return undefined;
  const { address: wrong } = probe.target;
  if (doubtfulStatus(probe, healthOf(lifecycle) ?? { kind: 'none' }) === undefined) return undefined;
  const { status: _, ...asked } = probe;
  for (const address of usualPaths.filter((path) => path !== wrong)) {
    const request = { probe: { ...asked, target: { kind: 'http', address } as const, status: successes }, port };
    const outcome = await prober.probe({ ...request, cwd: spec.folder, env: spec.env }, signal());
    if (outcome.ok) return address;
    if (!isAnswer(outcome)) return undefined;
  }
  return undefined;
}

const successes = [200, 204];

/** Probes only services that speak HTTP: a database would log a broken client. */
export async function probeAddresses(
  spec: ServiceSpec,
  lifecycle: Lifecycle,
  prober: Prober,
  signal: () => AbortSignal,
): Promise<readonly AddressProbe[]> {
  const { probe, port } = spec;
  if (port === undefined || probe?.target.kind !== 'http' || !isThere(lifecycle)) return [];
  const path = probe.target.address.startsWith('/') ? probe.target.address : '/';
  const ask = async (address: AddressProbe['address'], scheme: AddressProbe['scheme']): Promise<ProbeOutcome> => {
    const host = address === '::1' ? '[::1]' : address;
    const target = { kind: 'http', address: `${scheme}://${host}:${port}${path}` } as const;
    const asked: AskedProbe = { ...probe, target, timeout: Math.min(probe.timeout, maxAddressTimeoutMs) };
    return prober.probe({ probe: asked, cwd: spec.folder, env: spec.env }, signal());
  };
  const both = (['127.0.0.1', '::1'] as const).map(async (address): Promise<readonly AddressProbe[]> => {
    const plain = await ask(address, 'http');
    const seen: AddressProbe = { address, scheme: 'http', outcome: known(plain) };
    // The probe has found out whether the port uses TLS. A server without it would log a handshake as a malformed request.
    if (plain.ok || plain.failure.kind !== 'httpsExpected') return [seen];
    return [seen, { address, scheme: 'https', outcome: known(await ask(address, 'https')) }];
  });
  return (await Promise.all(both)).flat();
}
