/**
 * A full disk for the extension hosts, without privileges: the system lets them create files and refuses every byte in them (EFBIG instead
 * of ENOSPC, from the same system call). Node ignores the signal that comes with it. Linux only.
 */
import { execFileSync } from 'node:child_process';
import type { Session } from '../../support/workbench/session';

export const canFillDisk = process.platform === 'linux';

/** Only the soft limit is lowered, because the hard one could not be raised again. */
export function fillDisk(session: Session): void {
  limit(session, '0:unlimited');
}

export function freeDisk(session: Session): void {
  limit(session, 'unlimited:unlimited');
}

function limit(session: Session, size: string): void {
  for (const pid of session.extensionHosts()) {
    try {
      execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}`], { stdio: 'pipe' });
    } catch (error) {
      // One that has ended in the meantime has no limits.
      if (session.extensionHosts().includes(pid)) throw error;
    }
  }
}
