/** Whether a pid is in use, in about a microsecond. */
import { errorCode } from './errorCode';

/** Also true for a zombie, and for another user's process that may not be signalled (EPERM). */
export function pidExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
