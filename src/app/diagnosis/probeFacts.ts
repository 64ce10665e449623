/** How the service answers: by its own probe, and on each loopback address by itself. */
import type { AddressProbe } from '../../core/diagnosis/facts';
import type { ProbeOutcome } from '../../core/model/health';
import { healthOf } from '../../core/snapshot/toSnapshot';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { ProbeSpec, ServiceSpec } from '../../core/model/service';
import type { Lifecycle } from '../../core/lifecycle/state';
import type { Prober } from '../ports';

/** Longest wait for an answer, and for two, in ms: the deadline of a diagnosis leaves no more. */
const patience = 2000;
const patienceForTwo = 2600;
/** A wait shorter than this (ms) proves nothing. */
const shortest = 300;

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
  if (probe === undefined) return unavailable(t('The service has no probe.'));
  if (!isThere(lifecycle)) return unavailable(t('The service does not run.'));
  if (probe.target.kind === 'exec')
    return unavailable(t('A diagnosis runs no command of the workspace; its last result counts.'));
  const ask = (timeout: number): Promise<ProbeOutcome> => {
    const request = { probe: { ...probe, timeout }, cwd: spec.folder, env, ...(port === undefined ? {} : { port }) };
    return prober.probe(request, signal());
  };
  const timeout = Math.min(probe.timeout, patience);
  const first = await ask(timeout);
  const rest = Math.min(probe.timeout, patienceForTwo - timeout);
  // On a busy machine one answer may be late: "hung" is not said for that.
  const mayBeLate = !first.ok && first.failure.kind === 'noAnswer' && !isUnhealthy(lifecycle) && rest >= shortest;
  return known({ outcome: mayBeLate ? await ask(rest) : first, timeout });
}

const isUnhealthy = (lifecycle: Lifecycle): boolean => healthOf(lifecycle)?.kind === 'unhealthy';

const isThere = ({ kind }: Lifecycle): boolean => kind === 'starting' || kind === 'running' || kind === 'external';

/** Only of services that speak HTTP: a database would log a broken client. */
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
    const asked: ProbeSpec = { ...probe, target, timeout: Math.min(probe.timeout, patience) };
    return prober.probe({ probe: asked, cwd: spec.folder, env: spec.env }, signal());
  };
  const both = (['127.0.0.1', '::1'] as const).map(async (address): Promise<readonly AddressProbe[]> => {
    const plain = await ask(address, 'http');
    const seen: AddressProbe = { address, scheme: 'http', outcome: known(plain) };
    // A server of plain HTTP would write a warning into its terminal for every TLS greeting.
    if (!mayBeTls(plain)) return [seen];
    return [seen, { address, scheme: 'https', outcome: known(await ask(address, 'https')) }];
  });
  return (await Promise.all(both)).flat();
}

const mayBeTls = (outcome: ProbeOutcome): boolean =>
  !outcome.ok && ['httpsExpected', 'reset', 'notHttp'].includes(outcome.failure.kind);
