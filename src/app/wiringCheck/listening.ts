/** Reads whether a process is listening on the ports that files refer to. */
import type { Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import { tryPort } from '../diagnosis/namedPorts';
import type { PortTable, Prober } from '../ports';

export interface ListeningTools {
  readonly portTable: PortTable;
  readonly prober: Prober;
}

/** Further ports are not checked, so that no problem is reported for them. */
const maxPorts = 20;

export async function readListening(
  ports: ReadonlySet<number>,
  tools: ListeningTools,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Reading<boolean>>> {
  const asked = [...ports].slice(0, maxPorts);
  return new Map(await Promise.all(asked.map(async (port) => [port, await isListening(port, tools, signal)] as const)));
}

/**
 * Reads the port table first, so that a listening server gets no needless connection. But a port that the kernel forwards to a container
 * has no listener in the table: only a refused connection proves that nothing is listening.
 */
async function isListening(port: number, { portTable, prober }: ListeningTools, signal: AbortSignal): Promise<Reading<boolean>> {
  const listeners = await portTable.listeners(port);
  if (listeners.kind === 'known' && listeners.value.length > 0) return known(true);
  return tryPort(port, prober, signal);
}
