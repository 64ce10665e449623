/** What the kernel ended for lack of memory. */
import { readFileSync } from 'node:fs';

/** Number of processes since the machine started (proc_vmstat(5), "oom_kill"; Linux 4.13); undefined where it is not counted. */
export function countMemoryKills(): number | undefined {
  try {
    const [, digits] = /^oom_kill (\d+)$/m.exec(readFileSync('/proc/vmstat', 'latin1')) ?? [];
    return digits === undefined ? undefined : Number(digits);
  } catch {
    return undefined;
  }
}
