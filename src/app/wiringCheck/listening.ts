/** Whether somebody listens on ports that files name. */
import type { Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import { tryPort } from '../diagnosis/namedPorts';
import type { PortTable, Prober } from '../ports';

export interface ListeningTools {
  readonly portTable: PortTable;
  readonly prober: Prober;
}

/** More than so many in one workspace are not looked at, and so give no alarm. */
const most = 20;

export async function readListening(
  ports: ReadonlySet<number>,
  tools: ListeningTools,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Reading<boolean>>> {
  const asked = [...ports].slice(0, most);
  return new Map(await Promise.all(asked.map(async (port) => [port, await isListening(port, tools, signal)] as const)));
}

/**
 * The table is looked at first, so that nobody who listens gets a connection that he did not ask for. But a port that is passed on
 * to a container by the kernel has no listener in it: only a connection that is refused proves that nobody is there.
 */
async function isListening(port: number, { portTable, prober }: ListeningTools, signal: AbortSignal): Promise<Reading<boolean>> {
  const listeners = await portTable.listeners(port);
  if (listeners.kind === 'known' && listeners.value.length > 0) return known(true);
  return tryPort(port, prober, signal);
}
