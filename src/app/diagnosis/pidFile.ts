/** Reads the pid file that keeps a server from starting, and looks for the process. */
import type { PidFileFacts } from '../../core/diagnosis/facts';
import { linesOf, matchSignatures } from '../../core/diagnosis/output';
import { defined } from '../../core/model/defined';
import { known } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { joinPath } from '../../core/workspaceFiles/paths';
import type { ProcessTable } from '../ports';
import type { Files } from './parts';

const maxBytes = 200;

/** Undefined when the output names none, or when it does not exist any more. */
export async function readPidFile(
  output: Reading<readonly string[]>,
  cwd: string,
  { files, processes }: { readonly files: Files; readonly processes: ProcessTable },
): Promise<Reading<PidFileFacts | undefined>> {
  const file = matchSignatures(linesOf({ output }), 'pidFile').at(-1)?.groups['file'];
  if (file === undefined) return known(undefined);
  const path = joinPath(cwd, file);
  const pid = Number(/^\s*(\d{1,9})\b/.exec((await files.readText(path, maxBytes)) ?? '')?.[1]);
  if (!Number.isSafeInteger(pid)) return known(undefined);
  const table = await processes.list();
  if (table.kind === 'unavailable') return table;
  const row = table.value.find((each) => each.pid === pid && each.state !== 'zombie');
  return known({ path, pid, ...defined({ process: row }) });
}
