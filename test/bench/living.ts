/** Who works in a folder: finds processes without the code under test. */
import { readdirSync, readlinkSync } from 'node:fs';
import { isAlive } from '../support/processes';

export function inFolder(folder: string): readonly number[] {
  const pids = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => cwdOf(pid) === folder && isAlive(pid));
}

function cwdOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
