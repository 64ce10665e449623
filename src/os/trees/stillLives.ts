/** Whether a process lives, where only the existence of its pid is cheap to see: a zombie has ended, and another process may have the pid. */
import type { ProcessTable } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { isVerified } from '../../core/model/process';
import { pidExists } from '../system/existence';

/** "Could not look" is not "ended". */
export async function stillLives(process: ProcessIdentity, table: ProcessTable): Promise<boolean> {
  if (!isVerified(process)) return pidExists(process.pid);
  const present = await table.identify(process.pid);
  return present.kind === 'unavailable' || present.value?.born === process.born;
}
