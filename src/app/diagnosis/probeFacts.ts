/** Reads how the service responds: to its own probe, and on each loopback address. */
import type { AddressProbe } from '../../core/diagnosis/facts';
import { defined } from '../../core/model/defined';
import type { ProbeOutcome } from '../../core/model/health';
import { healthOf } from '../../core/snapshot/toSnapshot';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { ProbeSpec, ServiceSpec } from '../../core/model/service';
import type { Lifecycle } from '../../core/lifecycle/state';
import type { Prober } from '../ports';

// Within the deadline of a diagnosis.
const maxProbeTimeoutMs = 2000;
const maxTimeoutOfTwoProbesMs = 2600;
/** A shorter timeout proves nothing. */
const minProbeTimeoutMs = 300;

interface Own {
  readonly outcome: ProbeOutcome;
  readonly timeout: number;
}

export async function probeOwn(
  spec: ServiceSpec,
  lifecycle: Lifecycle,
  prober: Prober,
  signal: () => AbortSignal,
): Promise<Reading<Own>> {
  const { probe, port, env } = spec;
  if (probe === undefined) return unavailable(t('The service has no health check.'));
  if (!isThere(lifecycle)) return unavailable(t('The service is not running.'));
  if (probe.target.kind === 'exec')
    return unavailable(t('A diagnosis does not run commands of the workspace; the last result of the health check counts.'));
  const ask = (timeout: number): Promise<ProbeOutcome> => {
    const request = { probe: { ...probe, timeout }, cwd: spec.folder, env, ...defined({ port }) };
    return prober.probe(request, signal());
  };
  const timeout = Math.min(probe.timeout, maxProbeTimeoutMs);
  const first = await ask(timeout);
  const rest = Math.min(probe.timeout, maxTimeoutOfTwoProbesMs - timeout);
  // On a busy machine one response may be late: that alone does not prove that the service is hung.
  const mayBeLate = !first.ok && first.failure.kind === 'noAnswer' && !isUnhealthy(lifecycle) && rest >= minProbeTimeoutMs;
  return known({ outcome: mayBeLate ? await ask(rest) : first, timeout });
}

const isUnhealthy = (lifecycle: Lifecycle): boolean => healthOf(lifecycle)?.kind === 'unhealthy';

const isThere = ({ kind }: Lifecycle): boolean => kind === 'starting' || kind === 'running' || kind === 'external';

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
    const asked: ProbeSpec = { ...probe, target, timeout: Math.min(probe.timeout, maxProbeTimeoutMs) };
    return prober.probe({ probe: asked, cwd: spec.folder, env: spec.env }, signal());
  };
  const both = (['127.0.0.1', '::1'] as const).map(async (address): Promise<readonly AddressProbe[]> => {
    const plain = await ask(address, 'http');
    const seen: AddressProbe = { address, scheme: 'http', outcome: known(plain) };
    // A plain HTTP server would log a warning for every TLS handshake.
    if (!mayBeTls(plain)) return [seen];
    return [seen, { address, scheme: 'https', outcome: known(await ask(address, 'https')) }];
  });
  return (await Promise.all(both)).flat();
}

const mayBeTls = (outcome: ProbeOutcome): boolean =>
  !outcome.ok && ['httpsExpected', 'reset', 'notHttp'].includes(outcome.failure.kind);
