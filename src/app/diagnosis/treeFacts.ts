/** Reads the processes of a service and their listeners. */
import type { PortClients } from './clientFacts';
import type { Listener, ProcessRow, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { Lifecycle } from '../../core/lifecycle/state';
import type { PortTable, ProcessTable, ProcessTrees } from '../ports';

/** Returns no rows when the service has no process. */
export async function readMembers(lifecycle: Lifecycle, trees: ProcessTrees): Promise<Reading<readonly ProcessRow[]>> {
  if (!('process' in lifecycle) || lifecycle.process === undefined) return known([]);
  // An external process has no run id in its environment.
  const marker = lifecycle.kind === 'external' ? '' : lifecycle.run;
  const tree = trees.open({ process: lifecycle.process, marker });
  try {
    return await tree.members();
  } finally {
    tree.dispose();
  }
}

export async function readOwnListeners(
  members: Promise<Reading<readonly ProcessRow[]>>,
  portTable: PortTable,
): Promise<Reading<readonly Listener[]>> {
  const found = await members;
  if (found.kind === 'unavailable') return found;
  return found.value.length === 0 ? known([]) : portTable.portsOf(new Set(found.value.map(({ pid }) => pid)));
}

/** Reads the whole table only where several processes share the port, or have connections to it: on Windows and macOS it is expensive. */
export async function readProcesses(
  listeners: Promise<Reading<readonly Listener[]>>,
  clients: Promise<PortClients>,
  processes: ProcessTable,
): Promise<Reading<readonly ProcessRow[]>> {
  const found = await listeners;
  if (found.kind === 'unavailable') return found;
  const hasOne = new Set(found.value.flatMap(({ pids }) => pids)).size < 2;
  const connected = await clients;
  return hasOne && (connected.kind === 'unavailable' || connected.value.size === 0) ? known([]) : processes.list();
}
