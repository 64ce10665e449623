/** Which processes hold a port, so that the user can decide: pid, command, folder, start, parents, and the run they were started for. */
import type { PortTable } from '../app/ports';
import type { PortSight, PortSighting, SeenOwner } from '../app/portSight';
import { defined } from '../core/model/defined';
import { isEditorProcess } from '../core/model/editorProcess';
import type { ProcessRow } from '../core/model/process';
import type { SystemProcessTable } from './processTable/index';

export interface PortSightParts {
  readonly processTable: SystemProcessTable;
  readonly portTable: PortTable;
}

export function createPortSight({ processTable, portTable }: PortSightParts): PortSight {
  const glance = async (port: number): Promise<PortSighting> => {
    // A bind takes 1 ms, and a free port needs no more.
    if ((await portTable.canBind(port)).kind === 'free') return { kind: 'free' };
    const listeners = await portTable.listeners(port);
    const pids = new Set(listeners.kind === 'known' ? listeners.value.flatMap((listener) => listener.pids) : []);
    if (pids.size > 0) return { kind: 'taken', owners: await describe(pids, processTable) };
    // No process is seen, whether or not a listener is; a bind shows whether the port is really free.
    const isListening = listeners.kind === 'unavailable' || listeners.value.length > 0;
    return bindSoon(port, portTable, isListening ? { kind: 'taken', owners: [] } : { kind: 'closing' });
  };
  return {
    async look(port): Promise<PortSighting> {
      let seen = await glance(port);
      for (let left = editorLooks; left > 0 && isOfEditor(seen); left -= 1) {
        await new Promise((resolve) => setTimeout(resolve, bindPauseMs));
        seen = await glance(port);
      }
      return seen;
    },
  };
}

/**
 * A look at a port by binding it makes this extension host, or that of another window, its owner for a millisecond. What VS Code forwards is
 * still there at the next looks.
 */
const editorLooks = 3;

const isOfEditor = (seen: PortSighting): boolean =>
  seen.kind === 'taken' && seen.owners.length > 0 && seen.owners.every(({ isEditor }) => isEditor);

/**
 * A port whose owner has just ended may be on its way to being free: on Linux a process is a zombie without open files while its last
 * threads still hold the listener. And a connection may have the port as its own end for a moment.
 */
const bindTries = 6;
const bindPauseMs = 150;

async function bindSoon(port: number, portTable: PortTable, otherwise: PortSighting): Promise<PortSighting> {
  for (let left = bindTries; left > 0; left -= 1) {
    const bind = await portTable.canBind(port);
    if (bind.kind === 'forbidden') return { kind: 'forbidden', why: bind.why };
    if (bind.kind !== 'inUse') return { kind: 'free' };
    await new Promise((resolve) => setTimeout(resolve, bindPauseMs));
  }
  return otherwise;
}

async function describe(pids: ReadonlySet<number>, processTable: SystemProcessTable): Promise<readonly SeenOwner[]> {
  const scanned = await processTable.scan();
  const rows = new Map((scanned.kind === 'known' ? scanned.value : []).map((row) => [row.pid, row]));
  const owners = [...pids].map((pid) => lineageOf(pid, rows)).filter(({ length }) => length > 0);
  const own = lineageOf(process.pid, rows);
  const [described, markers] = await Promise.all([
    processTable.describe([...new Set([...owners.flat(), ...own])]),
    processTable.markers(owners.flatMap(([owner]) => owner ?? [])),
  ]);
  const commands = new Map(described.map((row) => [row.pid, row]));
  const withCommands = (lineage: readonly ProcessRow[]): readonly ProcessRow[] =>
    lineage.map((row) => commands.get(row.pid) ?? row);
  return Promise.all(
    owners.map(async (lineage) => {
      const whole = withCommands(lineage);
      const [owner] = whole;
      if (owner === undefined) throw new Error('A lineage begins with its process.');
      const { pid, born, command, startedAt } = owner;
      const cwd = await processTable.cwd(pid);
      return {
        process: { pid, born },
        command,
        startedAt,
        lineage: whole.map((row) => ({ pid: row.pid, born: row.born })),
        isEditor: isEditorProcess(whole, withCommands(own)),
        ...defined({ cwd: cwd.kind === 'known' ? cwd.value : undefined, run: markers.get(pid) }),
      };
    }),
  );
}

const maxLineage = 100;

/** The process, its parent and so on. A parent that is younger than its child is another process that got the pid. */
function lineageOf(pid: number, rows: ReadonlyMap<number, ProcessRow>): readonly ProcessRow[] {
  const lineage: ProcessRow[] = [];
  for (let row = rows.get(pid); row !== undefined && lineage.length < maxLineage; row = rows.get(row.ppid)) {
    const child = lineage.at(-1);
    if (child !== undefined && (row.startedAt > child.startedAt || lineage.includes(row))) break;
    lineage.push(row);
  }
  return lineage;
}
