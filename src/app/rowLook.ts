/** Looks at the system for what is below the row of a service: its processes and its ports. */
import type { Service } from '../core/lifecycle/state';
import { debuggerPorts, isForDebugger } from '../core/debug/ports';
import type { DebuggerSigns } from '../core/debug/ports';
import type { Listener, ProcessRow, Reading } from '../core/model/process';
import { portOf } from '../core/snapshot/portOf';
import type { LookedPort, RowLook } from '../core/model/rowLook';
import type { UsageReader } from './history/ports';
import { readMembers, readOwnListeners } from './diagnosis/treeFacts';
import type { Clock, PortTable, ProcessTable, ProcessTrees } from './ports';
import { ProcessLook } from './processLook';

export interface RowLookParts {
  readonly clock: Clock;
  readonly processes: Pick<ProcessTable, 'list'>;
  readonly portTable: PortTable;
  readonly trees: ProcessTrees;
  readonly usage: UsageReader;
}

export class RowLooks {
  readonly #processes: ProcessLook;

  constructor(private readonly parts: RowLookParts) {
    this.#processes = new ProcessLook(parts.usage, parts.clock);
  }

  /** Never rejects; what cannot be seen is left out. */
  async look(service: Service): Promise<RowLook> {
    if (service.spec.compose !== undefined) return ofContainer(service);
    const members = readMembers(service.state.lifecycle, this.parts.trees);
    const listeners = await readOwnListeners(members, this.parts.portTable).catch(() => undefined);
    const signs = { spec: service.spec, members: valueOf(await members), listeners: valueOf(listeners) };
    return { processes: await this.#processes.look(members), ports: await this.#ports(service, signs) };
  }

  async #ports(service: Service, signs: Omit<DebuggerSigns, 'lines' | 'inspectors'>): Promise<readonly LookedPort[]> {
    const { listeners: own } = signs;
    const ports = [...new Set(own.map(({ port }) => port))].sort((a, b) => a - b);
    const configured = portOf(service);
    const debuggers = debuggerPorts({ ...signs, lines: [], inspectors: new Set() });
    const holderOf = (port: number): LookedPort['holder'] => (isForDebugger(port, configured, debuggers) ? 'debugger' : 'own');
    const looked = ports.map((port): LookedPort => ({ port, addresses: addressesOf(own, port), holder: holderOf(port) }));
    if (configured === undefined || ports.includes(configured)) return looked;
    return [await this.#foreignPort(configured), ...looked];
  }

  /** A port that no process of the service listens on. */
  async #foreignPort(port: number): Promise<LookedPort> {
    const listeners = valueOf(await this.parts.portTable.listeners(port).catch(() => undefined));
    if (listeners.length === 0) return { port, addresses: [], holder: 'none' };
    const pids = new Set(listeners.flatMap((listener) => listener.pids));
    const rows: readonly ProcessRow[] = pids.size === 0 ? [] : valueOf(await this.parts.processes.list().catch(() => undefined));
    const processes = rows.filter(({ pid }) => pids.has(pid)).map(({ pid, command }) => ({ pid, command }));
    return { port, addresses: addressesOf(listeners, port), holder: { processes } };
  }
}

/** The engine listens for a container, perhaps on another machine, and what runs here for it only shows its log. */
function ofContainer(service: Service): RowLook {
  const port = portOf(service);
  const { kind } = service.state.lifecycle;
  const isUp = kind === 'running' || kind === 'starting';
  return { processes: [], ports: port === undefined ? [] : [{ port, addresses: [], holder: isUp ? 'own' : 'none' }] };
}

const addressesOf = (listeners: readonly Listener[], port: number): readonly string[] => [
  ...new Set(listeners.filter((listener) => listener.port === port).map(({ address }) => address)),
];

const valueOf = <T>(reading: Reading<readonly T[]> | undefined): readonly T[] => (reading?.kind === 'known' ? reading.value : []);
