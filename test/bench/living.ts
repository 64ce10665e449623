/** Who works in a folder: finds processes without the code under test. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isAlive } from '../support/processes';

export function inFolder(folder: string): readonly number[] {
  return pidsOf().filter((pid) => cwdOf(pid) === folder && isAlive(pid));
}

/**
 * The living members of a group. A relay of short lives slips through a look at the table, so the group is halted first, which
 * the kernel does in one step; it is for groups that nobody needs any more.
 */
export function haltedGroup(leader: number): readonly number[] {
  try {
    process.kill(-leader, 'SIGSTOP');
  } catch {
    return [];
  }
  return pidsOf().filter((pid) => groupOf(pid) === leader && isAlive(pid));
}

/** Ends a whole group in one step. */
export function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}

function cwdOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

const pidsOf = (): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** The third field after the name, which stands in parentheses: proc_pid_stat(5). */
function groupOf(pid: number): number | undefined {
  try {
    const group = /^.*\) \S \d+ (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
    return group === undefined ? undefined : Number(group);
  } catch {
    return undefined;
  }
}
