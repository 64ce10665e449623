/** `ps -axww -o pid,ppid,pgid,tpgid,stat,lstart,command` with dates in English and TZ=UTC, as macOS prints it. */
import type { ProcessRow } from '../../core/model/process';
import { unverified } from '../../core/model/process';

export interface PsRow extends ProcessRow {
  /** Foreground group of the terminal; 0 or -1 without one. */
  readonly foregroundGroup: number;
}

/**
 * lstart is five words, such as `Sun Nov 22 08:07:38 2026`, or a dash for a process that is ending. In UTC: with a token that changes with the
 * time zone, our own process would not be recognized.
 */
const line = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(\S+)\s+(-|\w{3}\s+\w{3}\s+\d+\s+[\d:]{8}\s+\d{4})(?:\s+(.*))?$/;

export function parsePs(text: string): readonly PsRow[] {
  return text.split('\n').flatMap((each) => {
    const match = line.exec(each);
    if (match === null) return [];
    const [, pid, ppid, pgid, foregroundGroup, stat = '', lstart = '', command = ''] = match;
    const born = lstart === '-' ? unverified : lstart.replace(/\s+/g, ' ');
    return [
      {
        pid: Number(pid),
        born,
        ppid: Number(ppid),
        pgid: Number(pgid),
        foregroundGroup: Number(foregroundGroup),
        state: stat.startsWith('Z') ? 'zombie' : stat.startsWith('T') ? 'stopped' : 'running',
        command: command.trim(),
        startedAt: born === unverified ? 0 : Date.parse(`${born} UTC`),
      } satisfies PsRow,
    ];
  });
}

/** Values of a variable by pid, from lines `pid command environment` (`ps -E`). Apple's own programs do not show theirs. */
export function parsePsEnvironment(text: string, variable: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const each of text.split('\n')) {
    const pid = /^\s*(\d+)\s/.exec(each)?.[1];
    const value = new RegExp(`\\s${variable}=(\\S+)`).exec(each)?.[1];
    if (pid !== undefined && value !== undefined) found.set(Number(pid), value);
  }
  return found;
}
