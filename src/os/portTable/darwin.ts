/** macOS: lsof names the owners, netstat knows the sockets of other users too. */
import type { Listener, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import { runTool } from '../system/runTool';
import { parseLsofClients, parseLsofListeners } from './parseLsof';
import { type Connection, parseDarwinNetstat } from './parseNetstat';
import { countOthers } from './countOthers';
import type { PortReader } from './reader';

const toolTimeoutMs = 10_000;

export function createDarwinPortTable(): PortReader {
  return {
    async listeners(port) {
      const [owned, all] = await Promise.all([lsof([`-iTCP:${port}`]), netstat(port)]);
      if (owned.kind === 'unavailable') return owned;
      return all.kind === 'unavailable' ? owned : known([...owned.value, ...unowned(all.value, owned.value)]);
    },
    async portsOf(pids) {
      return pids.size === 0 ? known([]) : lsof(['-a', '-iTCP', '-p', [...pids].join(',')]);
    },
    async connectionStates(port) {
      const all = await netstat(port);
      if (all.kind === 'unavailable') return all;
      const counts = new Map<string, number>();
      for (const { state } of all.value) if (state !== 'LISTEN') counts.set(state, (counts.get(state) ?? 0) + 1);
      return known(counts);
    },
    async clients(port) {
      const selection = [`-iTCP:${port}`, '-sTCP:ESTABLISHED', '-FpcuftdPnT'];
      const output = await runTool('lsof', ['-nP', ...selection], toolTimeoutMs);
      return output.kind === 'unavailable' ? output : known(countOthers(parseLsofClients(output.value.stdout, port)));
    },
  };
}

/** Without -sTCP:LISTEN clients would match too. An exit code of 1 means none. */
async function lsof(selection: readonly string[]): Promise<Reading<readonly Listener[]>> {
  const output = await runTool('lsof', ['-nP', ...selection, '-sTCP:LISTEN', '-FpcuftdPnT'], toolTimeoutMs);
  return output.kind === 'unavailable' ? output : known(parseLsofListeners(output.value.stdout));
}

async function netstat(port: number): Promise<Reading<readonly Connection[]>> {
  const output = await runTool('netstat', ['-an', '-p', 'tcp'], toolTimeoutMs);
  if (output.kind === 'unavailable') return output;
  return known(parseDarwinNetstat(output.value.stdout).filter((each) => each.port === port));
}

/** Listeners of other users, which lsof does not show. A dual-stack one (tcp46) has one row here and one there. */
const unowned = (all: readonly Connection[], owned: readonly Listener[]): readonly Listener[] =>
  all
    .filter((each) => each.state === 'LISTEN' && !owned.some((own) => own.address === each.address && own.family === each.family))
    .map(({ port, address, family }) => ({ port, address, family, pids: [] }));
