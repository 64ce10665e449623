/** macOS (and the BSDs): ps and lsof. */
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity, Reading } from '../../core/model/process';
import { known, runVariable, unavailable } from '../../core/model/process';
import { pidExists } from '../system/existence';
import { runTool } from '../system/runTool';
import { type PsRow, parsePs, parsePsEnvironment } from './parsePs';
import { usageColumns, usagesOf } from './parsePsUsage';
import type { SystemProcessTable } from './table';

/** In ms. */
const toolTimeoutMs = 5000;
/** Without `=`: POSIX takes everything after it, commas included, for the heading of one column. The heading line is skipped. */
const columns = 'pid,ppid,pgid,tpgid,stat,lstart,command';

export function createDarwinProcessTable(): SystemProcessTable {
  const list = (): Promise<Reading<readonly PsRow[]>> => ps(['-axww', '-o', columns]);
  return {
    scan: list,
    list,
    describe: (rows) => Promise.resolve(rows),
    async markers() {
      const output = await runTool('ps', ['-axEww', '-o', 'pid,command'], toolTimeoutMs);
      return output.kind === 'known' ? parsePsEnvironment(output.value.stdout, runVariable) : new Map();
    },
    identify,
    // The start time costs a process to read: a pid that answers is taken for the same until a listing says otherwise.
    isAlive: (process) => pidExists(process.pid),
    cwd,
    async foregroundGroup(pid) {
      const rows = await ps(['-ww', '-p', String(pid), '-o', columns]);
      const group = rows.kind === 'known' ? rows.value[0]?.foregroundGroup : undefined;
      return group !== undefined && group > 1 ? group : undefined;
    },
    async usage(processes) {
      if (processes.length === 0) return known([]);
      const pids = processes.map(({ pid }) => pid).join(',');
      const output = await runTool('ps', ['-p', pids, '-o', usageColumns], toolTimeoutMs);
      return output.kind === 'known' ? known(usagesOf(output.value.stdout, processes)) : output;
    },
    // Two processes, and with some hundred others 0.1 to 0.2 s of processor time.
    backgroundScan: 'onSigns',
  };
}

async function identify(pid: number): Promise<Reading<ProcessIdentity | undefined>> {
  const rows = await ps(['-ww', '-p', String(pid), '-o', columns]);
  if (rows.kind === 'unavailable') return rows;
  const [row] = rows.value;
  return known(row === undefined || row.state === 'zombie' ? undefined : { pid: row.pid, born: row.born });
}

/** ps ends with 1 when no process matches. */
async function ps(args: readonly string[]): Promise<Reading<readonly PsRow[]>> {
  const output = await runTool('ps', args, toolTimeoutMs);
  if (output.kind === 'unavailable') return output;
  if (output.value.exitCode > 1) return unavailable(t('{0} failed: {1}', 'ps', output.value.stderr.trim()));
  return known(parsePs(output.value.stdout));
}

async function cwd(pid: number): Promise<Reading<string>> {
  const output = await runTool('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn'], toolTimeoutMs);
  if (output.kind === 'unavailable') return output;
  const folder = /^n(.+)$/m.exec(output.value.stdout)?.[1];
  return folder === undefined ? unavailable(t('The folder of process {0} cannot be read.', pid)) : known(folder);
}
