/** macOS: ps and lsof. */
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity, Reading } from '../../core/model/process';
import { known, runVariable, unavailable } from '../../core/model/process';
import { parseLsofFolder } from '../portTable/parseLsof';
import { pidExists } from '../system/existence';
import { failureOf, runMacTool, type RunMacTool } from '../system/macTool';
import { type PsRow, parsePs, parsePsEnvironment } from './parsePs';
import { usageColumns, usagesOf } from './parsePsUsage';
import type { SystemProcessTable } from './table';

/** Without `=`: POSIX takes everything after it, commas included, for the heading of one column. The heading line is skipped. */
const columns = 'pid,ppid,pgid,tpgid,stat,lstart,command';

export function createDarwinProcessTable(run: RunMacTool = runMacTool): SystemProcessTable {
  const list = (): Promise<Reading<readonly PsRow[]>> => ps(run, ['-axww', '-o', columns]);
  const rowOf = (pid: number): Promise<Reading<readonly PsRow[]>> => ps(run, ['-ww', '-p', String(pid), '-o', columns]);
  return {
    scan: list,
    list,
    describe: (rows) => Promise.resolve(rows),
    async markers() {
      const output = await run('ps', ['-axEww', '-o', 'pid,command']);
      return output.kind === 'known' ? parsePsEnvironment(output.value.stdout, runVariable) : new Map();
    },
    async identify(pid) {
      const rows = await rowOf(pid);
      return rows.kind === 'known' ? known(identityOf(rows.value[0])) : rows;
    },
    // The start time costs a process to read: a pid that answers is taken for the same until a listing says otherwise.
    isAlive: (process) => pidExists(process.pid),
    cwd: (pid) => cwd(run, pid),
    async foregroundGroup(pid) {
      const rows = await rowOf(pid);
      const group = rows.kind === 'known' ? rows.value[0]?.foregroundGroup : undefined;
      return group !== undefined && group > 1 ? group : undefined;
    },
    async usage(processes) {
      if (processes.length === 0) return known([]);
      const pids = processes.map(({ pid }) => pid).join(',');
      const output = await run('ps', ['-p', pids, '-o', usageColumns]);
      return output.kind === 'known' ? known(usagesOf(output.value.stdout, processes)) : output;
    },
    // Two processes, and with some hundred others 0.1 to 0.2 s of processor time.
    backgroundScan: 'onSigns',
  };
}

/** A zombie has ended. */
const identityOf = (row: PsRow | undefined): ProcessIdentity | undefined =>
  row === undefined || row.state === 'zombie' ? undefined : { pid: row.pid, born: row.born };

/** ps ends with 1 when no process matches, and when it refuses its arguments. Rows that cannot be read do not mean that there are none. */
async function ps(run: RunMacTool, args: readonly string[]): Promise<Reading<readonly PsRow[]>> {
  const output = await run('ps', args);
  if (output.kind === 'unavailable') return output;
  const { exitCode, stdout } = output.value;
  const rows = parsePs(stdout);
  if (exitCode !== 0) return failureOf('ps', output.value) ?? known(rows);
  return rows.length === 0 ? unavailable(t('{0} failed: {1}', 'ps', stdout.trim().slice(0, 200))) : known(rows);
}

async function cwd(run: RunMacTool, pid: number): Promise<Reading<string>> {
  const output = await run('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn']);
  if (output.kind === 'unavailable') return output;
  const folder = parseLsofFolder(output.value.stdout);
  return folder === undefined ? unavailable(t('The folder of process {0} cannot be read.', pid)) : known(folder);
}
