/** Windows: sockets with their owners by the system's own calls, or PowerShell; netstat where neither can be used; netsh for reserved ranges. */
import { t } from '../../core/wording/l10n';
import type { Listener, ProcessRow, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/table';
import { pidExists } from '../system/existence';
import { runTool } from '../system/runTool';
import { windowsTool } from '../system/windowsTools';
import type { SocketFact } from '../windows/facts';
import type { NativeSource } from '../windows/ports';
import { withLivingHolders } from './livingHolders';
import { parseExcludedRanges } from './parseExcludedRanges';
import { parseWindowsClients, parseWindowsListeners } from './parseNetstat';
import { listening, stateName } from './tcpStates';
import { countOthers } from './countOthers';
import type { PortReader } from './reader';

const toolTimeoutMs = 10_000;

export function createWindowsPortTable(source: NativeSource, processes: Pick<SystemProcessTable, 'scan'>): PortReader {
  const all = async (): Promise<Reading<readonly Listener[]>> => {
    const listed = await listeners(source);
    return listed.kind === 'known' ? known(await withHeirs(listed.value, processes)) : listed;
  };
  return {
    async listeners(port) {
      const listed = await listeners(source);
      if (listed.kind === 'unavailable') return listed;
      return known(
        await withHeirs(
          listed.value.filter((each) => each.port === port),
          processes,
        ),
      );
    },
    async portsOf(pids) {
      const listed = await all();
      if (listed.kind === 'unavailable') return listed;
      return known(listed.value.filter((each) => each.pids.some((pid) => pids.has(pid))));
    },
    async connectionStates(port) {
      const sockets = await source.ask<'sockets'>({ kind: 'sockets' });
      return sockets.kind === 'unavailable' ? sockets : known(countStates(sockets.value, port));
    },
    async clients(port) {
      const sockets = await source.ask<'sockets'>({ kind: 'sockets' });
      if (sockets.kind === 'known') return known(countOthers(clientsOf(sockets.value, port)));
      const text = await netstat();
      return text.kind === 'unavailable' ? text : known(countOthers(parseWindowsClients(text.value, port)));
    },
  };
}

async function listeners(source: NativeSource): Promise<Reading<readonly Listener[]>> {
  const sockets = await source.ask<'listeners'>({ kind: 'listeners' });
  if (sockets.kind === 'known') return known(sockets.value.filter(({ state }) => state === listening).map(listenerOf));
  const text = await netstat();
  return text.kind === 'unavailable' ? text : known(parseWindowsListeners(text.value));
}

/** Windows names one owner for each socket, also when a child inherited it. */
const listenerOf = ({ port, address, family, pid }: SocketFact): Listener => ({
  port,
  address,
  family,
  pids: pid === 0 ? [] : [pid],
});

function countStates(sockets: readonly SocketFact[], port: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { port: own, state } of sockets) {
    const name = own === port ? stateName(state) : undefined;
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Connections whose other end is the port on this machine; one that is closed already has the pid 0. */
const clientsOf = (sockets: readonly SocketFact[], port: number): readonly number[] =>
  sockets.flatMap(({ remotePort, remoteAddress, address, pid }) =>
    remotePort === port && remoteAddress === address && pid > 0 ? [pid] : [],
  );

/** Looks at processes only when an owner is dead. */
async function withHeirs(listed: readonly Listener[], processes: Pick<SystemProcessTable, 'scan'>): Promise<readonly Listener[]> {
  if (listed.every(({ pids }) => pids.every(pidExists))) return listed;
  const rows = await processes.scan();
  const seen: readonly ProcessRow[] = rows.kind === 'known' ? rows.value : [];
  return withLivingHolders(listed, seen, pidExists);
}

async function netstat(): Promise<Reading<string>> {
  const output = await runTool(windowsTool('netstat.exe'), ['-ano'], toolTimeoutMs);
  if (output.kind === 'unavailable') return output;
  if (output.value.exitCode !== 0) return unavailable(t('{0} failed: {1}', 'netstat', output.value.stderr.trim()));
  return known(output.value.stdout);
}

/**
 * Explains why Windows refuses a port (10013) on which nothing is listening: Hyper-V and WSL reserve ranges at boot. `run` is the one of
 * netsh, whose words are in the language and the code page of the system.
 */
export async function excludedRange(port: number, run: typeof runTool = runTool): Promise<string> {
  for (const family of ['ipv4', 'ipv6']) {
    const args = ['interface', family, 'show', 'excludedportrange', 'protocol=tcp'];
    const output = await run(windowsTool('netsh.exe'), args, toolTimeoutMs);
    const ranges = output.kind === 'known' ? parseExcludedRanges(output.value.stdout) : [];
    const range = ranges.find(({ first, last }) => first <= port && port <= last);
    if (range !== undefined) return t('Windows reserves the ports {0} to {1}; choose another one.', range.first, range.last);
  }
  return t('Windows refuses port {0} to this user.', port);
}
