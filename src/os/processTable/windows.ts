/** Windows: CIM by PowerShell, which takes 0.7 to 2 s a call and so is asked only when it matters. wmic is gone. */
import { t } from '../../core/wording/l10n';
import type { ProcessRow, Reading } from '../../core/model/process';
import { known, unavailable } from '../../core/model/process';
import { pidExists } from '../system/existence';
import { runPowerShell } from '../system/runTool';
import { parseCim } from './parseCim';
import type { SystemProcessTable } from './table';

export function createWindowsProcessTable(): SystemProcessTable {
  const list = (): Promise<Reading<readonly ProcessRow[]>> => query('');
  return {
    scan: list,
    list,
    describe: (rows) => Promise.resolve(rows),
    // The environment of another process is not to be had without native code.
    markers: () => Promise.resolve(new Map()),
    async identify(pid) {
      if (!pidExists(pid)) return known(undefined);
      const rows = await query(` -Filter 'ProcessId=${Math.trunc(pid)}'`);
      if (rows.kind === 'unavailable') return rows;
      const [row] = rows.value;
      return known(row === undefined ? undefined : { pid: row.pid, born: row.born });
    },
    isAlive: (process) => pidExists(process.pid),
    cwd: () => Promise.resolve(unavailable(t('Windows does not show the folder of another process.'))),
    foregroundGroup: () => Promise.resolve(undefined),
    backgroundScan: undefined,
  };
}

/** The date as a string of ticks: ConvertTo-Json prints dates in two ways, and a 64-bit number loses digits in JavaScript. */
const fields =
  "ProcessId,ParentProcessId,Name,CommandLine,@{n='Ticks';e={if($_.CreationDate){[string]$_.CreationDate.ToUniversalTime().Ticks}}}";

async function query(filter: string): Promise<Reading<readonly ProcessRow[]>> {
  const script = `Get-CimInstance Win32_Process${filter} | Select-Object ${fields} | ConvertTo-Json -Compress`;
  const output = await runPowerShell(script);
  if (output.kind === 'unavailable') return output;
  const rows = output.value.exitCode === 0 ? parseCim(output.value.stdout) : undefined;
  return rows === undefined
    ? unavailable(t('PowerShell could not list processes: {0}', output.value.stderr.trim()))
    : known(rows);
}
