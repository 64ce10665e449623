/** The process that the output names as the server of this folder that runs already. */
import { otherServerIn } from '../../core/diagnosis/rules/alreadyRunning';
import type { ProcessRow, Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { ProcessTable } from '../ports';

/** The table of processes is read only where the output names one. */
export async function readOtherServer(
  output: Reading<readonly string[]>,
  processes: ProcessTable,
): Promise<Reading<ProcessRow | undefined>> {
  const pid = output.kind === 'known' ? otherServerIn(output.value) : undefined;
  if (pid === undefined) return known(undefined);
  const rows = await processes.list();
  return rows.kind === 'known' ? known(rows.value.find((row) => row.pid === pid)) : rows;
}
