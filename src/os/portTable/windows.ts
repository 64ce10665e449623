/** Windows: netstat for listeners (fast), PowerShell for states (their numbers are the same in every language), netsh for reserved ranges. */
import { t } from '../../core/wording/l10n';
import type { Listener, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import { runPowerShell, runTool } from '../system/runTool';
import { parseExcludedRanges } from './parseExcludedRanges';
import { parseWindowsClients, parseWindowsListeners } from './parseNetstat';
import { parseStateCounts } from './parseStateCounts';
import { countOthers } from './countOthers';
import type { PortReader } from './reader';

const toolTimeoutMs = 10_000;

export function createWindowsPortTable(): PortReader {
  return {
    async listeners(port) {
      const all = await netstat();
      return all.kind === 'unavailable' ? all : known(all.value.filter((each) => each.port === port));
    },
    async portsOf(pids) {
      const all = await netstat();
      return all.kind === 'unavailable' ? all : known(all.value.filter((each) => each.pids.some((pid) => pids.has(pid))));
    },
    async connectionStates(port) {
      const select = `Get-NetTCPConnection -LocalPort ${Math.trunc(port)} -ErrorAction SilentlyContinue`;
      const output = await runPowerShell(
        `${select} | Group-Object State | ForEach-Object { "$([int]$_.Group[0].State) $($_.Count)" }`,
      );
      return output.kind === 'unavailable' ? output : known(parseStateCounts(output.value.stdout));
    },
    async clients(port) {
      const all = await netstatText();
      return all.kind === 'unavailable' ? all : known(countOthers(parseWindowsClients(all.value, port)));
    },
  };
}

async function netstat(): Promise<Reading<readonly Listener[]>> {
  const text = await netstatText();
  return text.kind === 'unavailable' ? text : known(parseWindowsListeners(text.value));
}

async function netstatText(): Promise<Reading<string>> {
  const output = await runTool('netstat', ['-ano'], toolTimeoutMs);
  if (output.kind === 'unavailable') return output;
  if (output.value.exitCode !== 0) return unavailable(t('{0} failed: {1}', 'netstat', output.value.stderr.trim()));
  return known(output.value.stdout);
}

/** Explains why Windows refuses a port (10013) on which nothing is listening: Hyper-V and WSL reserve ranges at boot. */
export async function excludedRange(port: number): Promise<string> {
  for (const family of ['ipv4', 'ipv6']) {
    const output = await runTool('netsh', ['interface', family, 'show', 'excludedportrange', 'protocol=tcp'], toolTimeoutMs);
    const ranges = output.kind === 'known' ? parseExcludedRanges(output.value.stdout) : [];
    const range = ranges.find(({ first, last }) => first <= port && port <= last);
    if (range !== undefined) return t('Windows reserves the ports {0} to {1}; choose another one.', range.first, range.last);
  }
  return t('Windows refuses port {0} to this user.', port);
}
