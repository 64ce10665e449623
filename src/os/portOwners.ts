/** Who holds a port, so that a person can decide: pid, command, folder, since when, and whether it is left over from us. */
import type { PortLook, PortOwners, PortTable } from '../app/ports';
import type { PortOwner, ProcessRow } from '../core/model/process';
import type { SystemProcessTable } from './processTable/index';

export interface PortOwnersParts {
  readonly processTable: SystemProcessTable;
  readonly portTable: PortTable;
}

export function createPortOwners({ processTable, portTable }: PortOwnersParts): PortOwners {
  return {
    async look(port): Promise<PortLook> {
      const listeners = await portTable.listeners(port);
      const pids = new Set(listeners.kind === 'known' ? listeners.value.flatMap((listener) => listener.pids) : []);
      if (pids.size > 0) return { kind: 'taken', owners: await describe(pids, processTable) };
      // No process is seen, whether or not a listener is. A bind shows whether that is the whole truth.
      return bindSoon(port, portTable);
    },
  };
}

/**
 * A port whose owner has just ended may be on its way to being free: on Linux a process is a zombie without open files while its last
 * threads still hold the listener. And a connection may have the port as its own end for a moment.
 */
const tries = 6;
/** In ms. */
const pause = 150;

async function bindSoon(port: number, portTable: PortTable): Promise<PortLook> {
  for (let left = tries; left > 0; left -= 1) {
    const bind = await portTable.canBind(port);
    if (bind.kind === 'forbidden') return { kind: 'forbidden', why: bind.why };
    if (bind.kind !== 'inUse') return { kind: 'free' };
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return { kind: 'taken', owners: [] };
}

async function describe(pids: ReadonlySet<number>, processTable: SystemProcessTable): Promise<readonly PortOwner[]> {
  const scanned = await processTable.scan();
  const rows = (scanned.kind === 'known' ? scanned.value : []).filter(({ pid }) => pids.has(pid));
  const [described, markers] = await Promise.all([processTable.describe(rows), processTable.markers(rows)]);
  return Promise.all(described.map((row) => owner(row, markers, processTable)));
}

async function owner(
  row: ProcessRow,
  markers: ReadonlyMap<number, string>,
  processTable: SystemProcessTable,
): Promise<PortOwner> {
  const { pid, born, command, startedAt } = row;
  const cwd = await processTable.cwd(pid);
  return {
    process: { pid, born },
    ...{ command, startedAt },
    origin: markers.has(pid) ? 'ours' : 'stranger',
    ...(cwd.kind === 'known' ? { cwd: cwd.value } : {}),
  };
}
