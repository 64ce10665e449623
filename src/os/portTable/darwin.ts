/** macOS: lsof names the owners, netstat knows the sockets of other users too. */
import type { Listener, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import { t } from '../../core/wording/l10n';
import { failureOf, runMacTool, type RunMacTool } from '../system/macTool';
import { parseLsofClients, parseLsofListeners } from './parseLsof';
import { type Connection, parseDarwinNetstat } from './parseNetstat';
import { countOthers } from './countOthers';
import type { PortReader } from './reader';

export function createDarwinPortTable(run: RunMacTool = runMacTool): PortReader {
  return {
    async listeners(port) {
      const [owned, all] = await Promise.all([lsof(run, [`-iTCP:${port}`]), netstat(run, port)]);
      if (owned.kind === 'unavailable') return owned;
      if (all.kind === 'known') return known([...owned.value, ...unowned(all.value, owned.value)]);
      // Only netstat shows who listens for another user: without it, no owner does not mean that nothing listens.
      return owned.value.length > 0 ? owned : all;
    },
    async portsOf(pids) {
      return pids.size === 0 ? known([]) : lsof(run, ['-a', '-iTCP', '-p', [...pids].join(',')]);
    },
    async connectionStates(port) {
      const all = await netstat(run, port);
      if (all.kind === 'unavailable') return all;
      const counts = new Map<string, number>();
      for (const { state } of all.value) if (state !== 'LISTEN') counts.set(state, (counts.get(state) ?? 0) + 1);
      return known(counts);
    },
    async clients(port) {
      const output = await lsofText(run, [`-iTCP:${port}`, '-sTCP:ESTABLISHED']);
      return output.kind === 'unavailable' ? output : known(countOthers(parseLsofClients(output.value, port)));
    },
  };
}

/** Without -sTCP:LISTEN clients would match too. */
async function lsof(run: RunMacTool, selection: readonly string[]): Promise<Reading<readonly Listener[]>> {
  const output = await lsofText(run, [...selection, '-sTCP:LISTEN']);
  return output.kind === 'unavailable' ? output : known(parseLsofListeners(output.value));
}

/** An exit code of 1 means none, or an error that it names. */
async function lsofText(run: RunMacTool, selection: readonly string[]): Promise<Reading<string>> {
  const output = await run('lsof', ['-nP', ...selection, '-FpcuftdPnT']);
  if (output.kind === 'unavailable') return output;
  const { exitCode, stdout } = output.value;
  const failure = exitCode !== 0 && stdout === '' ? failureOf('lsof', output.value) : undefined;
  return failure ?? known(stdout);
}

/** Without -l it cuts an IPv6 address after 16 characters. */
async function netstat(run: RunMacTool, port: number): Promise<Reading<readonly Connection[]>> {
  const output = await run('netstat', ['-anl', '-p', 'tcp']);
  if (output.kind === 'unavailable') return output;
  const { exitCode } = output.value;
  if (exitCode !== 0) return failureOf('netstat', output.value) ?? unavailable(t('{0} failed: {1}', 'netstat', exitCode));
  return known(parseDarwinNetstat(output.value.stdout).filter((each) => each.port === port));
}

/** Listeners of other users, which lsof does not show. A dual-stack one (tcp46) has one row here and one there. */
const unowned = (all: readonly Connection[], owned: readonly Listener[]): readonly Listener[] =>
  all
    .filter((each) => each.state === 'LISTEN' && !owned.some((own) => own.address === each.address && own.family === each.family))
    .map(({ port, address, family }) => ({ port, address, family, pids: [] }));
