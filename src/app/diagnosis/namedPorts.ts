/** Reads whether a process is listening on the ports that files and output refer to. */
import type { Facts, NamedPort } from '../../core/diagnosis/facts';
import { linesOf, matchSignatures } from '../../core/diagnosis/output';
import type { references } from '../../core/diagnosis/references';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { AskedProbe } from '../../core/model/service';
import type { PortTable, Prober } from '../ports';
import { unreachedServer } from '../../core/diagnosis/signatures/signatures';
import type { Deadline } from './deadline';

/** A connection within this machine needs less than 1 ms. */
const connectTimeoutMs = 500;
const maxPorts = 20;

export type PortContext = Pick<Facts, 'output' | 'others' | 'spec'> & { readonly references: ReturnType<typeof references> };

export async function readNamedPorts(
  { output, others, spec, references: referenced }: PortContext,
  tools: { readonly portTable: PortTable; readonly prober: Prober },
  deadline: Deadline,
): Promise<ReadonlyMap<number, NamedPort>> {
  const printed = matchSignatures(linesOf({ output }), 'database', 'refused').map(unreachedServer);
  const named = [...referenced, ...printed].filter(({ port, host }) => isPort(port) && isHere(host));
  const ports = new Set([...named.map(({ port }) => port), ...others.flatMap((other) => other.spec.port ?? [])]);
  ports.delete(spec.port ?? 0);
  // The address of the listeners matters only where a reference has an address.
  const exact = new Set(named.filter(({ host }) => host !== 'localhost').map(({ port }) => port));
  const read = [...ports].slice(0, maxPorts).map(async (port): Promise<readonly [number, NamedPort]> => {
    const listeners = exact.has(port)
      ? tools.portTable.listeners(port)
      : Promise.resolve(unavailable(t('Nothing refers to this port by an address.')));
    const isOpen = deadline.read(t('Port {0}', port), tryPort(port, tools.prober, deadline.signal()));
    return [port, { isOpen: await isOpen, listeners: await deadline.read(t('Listeners of port {0}', port), listeners) }];
  });
  return new Map(await Promise.all(read));
}

/** Returns whether a connection succeeds, and closes it at once. */
export async function tryPort(port: number, prober: Prober, signal: AbortSignal): Promise<Reading<boolean>> {
  const probe: AskedProbe = {
    target: { kind: 'tcp', port },
    headers: {},
    interval: 0,
    timeout: connectTimeoutMs,
    startPeriod: 0,
    successThreshold: 1,
    failureThreshold: 1,
  };
  const outcome = await prober.probe({ probe, cwd: '', env: {} }, signal);
  if (outcome.ok) return known(true);
  return outcome.failure.kind === 'refused'
    ? known(false)
    : unavailable(t('Whether port {0} is open could not be determined.', port));
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

/** Whether the host is this machine. */
const isHere = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|\[::1?\])$/.test(host);
