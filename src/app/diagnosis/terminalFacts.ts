/** Reads what runs in the terminals of this window beside its services, and where it listens. */
import { isInteractiveShell } from '../../core/diagnosis/terminalProcesses';
import type { TerminalProcess } from '../../core/diagnosis/terminalProcesses';
import { defined } from '../../core/model/defined';
import type { ProcessRow, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { Service } from '../../core/lifecycle/state';
import type { PortTable, ProcessTable } from '../ports';

/** A terminal of the window, with the pid of its shell. */
export interface ShellTerminal {
  readonly pid: number;
  readonly name: string;
}

export interface TerminalWorld {
  readonly processes: Pick<ProcessTable, 'list' | 'cwd'>;
  readonly portTable: Pick<PortTable, 'portsOf'>;
}

/** More processes than this are no longer looked at. */
const maxProcesses = 500;

/** Only below shells that wait for input: what another terminal runs was not typed there. */
export async function readTerminalProcesses(
  terminals: readonly ShellTerminal[],
  services: readonly Service[],
  { processes, portTable }: TerminalWorld,
): Promise<Reading<readonly TerminalProcess[]>> {
  const table = terminals.length === 0 ? known([]) : await processes.list();
  if (table.kind === 'unavailable') return table;
  const below = belowShells(table.value, terminals, ofServices(services));
  if (below.length === 0) return known([]);
  const listeners = await portTable.portsOf(new Set(below.map(({ row }) => row.pid)));
  const ports = new Map<number, number[]>();
  for (const { port, pids } of listeners.kind === 'known' ? listeners.value : [])
    for (const pid of pids) ports.set(pid, [...new Set([...(ports.get(pid) ?? []), port])]);
  return known(
    await Promise.all(
      below.map(async ({ row: { pid, born, command, startedAt }, terminal }) => {
        const own = ports.get(pid) ?? [];
        const cwd = own.length === 0 ? undefined : await processes.cwd(pid);
        const where = defined({ cwd: cwd?.kind === 'known' ? cwd.value : undefined });
        return { pid, born, command, startedAt, terminal, ports: own, ...where };
      }),
    ),
  );
}

const ofServices = (services: readonly Service[]): ReadonlySet<number> =>
  new Set(
    services.flatMap(({ state: { lifecycle } }) =>
      'process' in lifecycle && lifecycle.process !== undefined ? [lifecycle.process.pid] : [],
    ),
  );

interface Below {
  readonly row: ProcessRow;
  readonly terminal: string;
}

function belowShells(
  rows: readonly ProcessRow[],
  terminals: readonly ShellTerminal[],
  services: ReadonlySet<number>,
): readonly Below[] {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const byParent = new Map<number, ProcessRow[]>();
  for (const row of rows) byParent.set(row.ppid, [...(byParent.get(row.ppid) ?? []), row]);
  const found = terminals.flatMap(({ pid, name }): readonly Below[] => {
    const row = byPid.get(pid);
    return row !== undefined && !services.has(pid) && isInteractiveShell(row.command) ? [{ row, terminal: name }] : [];
  });
  const shells = found.length;
  const seen = new Set(found.map(({ row }) => row.pid));
  for (let index = 0; index < found.length && found.length < maxProcesses; index += 1) {
    const parent = found[index];
    for (const row of parent === undefined ? [] : (byParent.get(parent.row.pid) ?? [])) {
      if (parent === undefined || services.has(row.pid) || row.state === 'zombie' || seen.has(row.pid)) continue;
      seen.add(row.pid);
      found.push({ row, terminal: parent.terminal });
    }
  }
  return found.slice(shells);
}
