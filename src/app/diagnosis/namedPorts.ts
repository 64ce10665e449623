/** Ports that files and output refer to: whether somebody listens there now. */
import type { Facts, NamedPort } from '../../core/diagnosis/facts';
import { linesOf, told } from '../../core/diagnosis/output';
import type { references } from '../../core/diagnosis/references';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { PortTable, Prober } from '../ports';
import type { Deadline } from './deadline';

/** A connection within this machine stands in well under 1 ms; in ms. */
const patience = 500;
const most = 20;

export type PortContext = Pick<Facts, 'output' | 'others' | 'spec'> & { readonly references: ReturnType<typeof references> };

export async function readNamedPorts(
  { output, others, spec, references: written }: PortContext,
  tools: { readonly portTable: PortTable; readonly prober: Prober },
  deadline: Deadline,
): Promise<ReadonlyMap<number, NamedPort>> {
  const said = told(linesOf({ output }), 'database', 'refused').map(({ groups }) => ({
    port: Number(groups['port']),
    host: groups['host'] ?? '',
  }));
  const named = [...written, ...said].filter(({ port, host }) => isPort(port) && isHere(host));
  const ports = new Set([...named.map(({ port }) => port), ...others.flatMap((other) => other.spec.port ?? [])]);
  ports.delete(spec.port ?? 0);
  // Which address they listen on matters only where somebody names one.
  const exact = new Set(named.filter(({ host }) => host !== 'localhost').map(({ port }) => port));
  const read = [...ports].slice(0, most).map(async (port): Promise<readonly [number, NamedPort]> => {
    const listeners = exact.has(port)
      ? tools.portTable.listeners(port)
      : Promise.resolve(unavailable(t('Nobody names an address of it.')));
    const isOpen = deadline.read(t('Port {0}', port), tryPort(port, tools.prober, deadline.signal()));
    return [port, { isOpen: await isOpen, listeners: await deadline.read(t('Listeners of port {0}', port), listeners) }];
  });
  return new Map(await Promise.all(read));
}

/** Whether a connection stands; it is closed at once. */
export async function tryPort(port: number, prober: Prober, signal: AbortSignal): Promise<Reading<boolean>> {
  const probe = {
    target: { kind: 'tcp', port },
    ...{ headers: {}, interval: 0, timeout: patience, startPeriod: 0, successThreshold: 1, failureThreshold: 1 },
  } as const;
  const outcome = await prober.probe({ probe, cwd: '', env: {} }, signal);
  if (outcome.ok) return known(true);
  return outcome.failure.kind === 'refused' ? known(false) : unavailable(t('Port {0} gave no clear answer.', port));
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65_536;

/** A database on another machine is not looked for on this one. */
const isHere = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|::1?|\[::1?\])$/.test(host);
