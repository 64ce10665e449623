/** Sends signals to exactly the process that is meant. */
import type { ProcessTable } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { errorCode } from '../system/errorCode';

export type Sent = 'sent' | 'gone' | 'refused';

/** Checks the identity immediately before the signal, with nothing in between that could take time. */
export function send(target: ProcessIdentity, signal: NodeJS.Signals, table: ProcessTable): Sent {
  if (target.pid <= 1 || target.pid === process.pid || !table.isAlive(target)) return 'gone';
  return kill(target.pid, signal);
}

/** The caller has verified that the whole group may be signalled. */
export const sendToGroup = (group: number, signal: NodeJS.Signals): Sent => (group <= 1 ? 'gone' : kill(-group, signal));

/** The caller has verified the identity of the process, or that the whole group may be signalled. */
export function kill(number: number, signal: NodeJS.Signals): Sent {
  try {
    process.kill(number, signal);
    return 'sent';
  } catch (error) {
    return errorCode(error) === 'ESRCH' ? 'gone' : 'refused';
  }
}
