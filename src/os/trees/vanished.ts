import type { Clock, ProcessTable } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';

/** Pause between two checks. */
const pollMs = 5;

/** Waits until all targets are gone, at most `timeoutMs`. */
export async function vanished(
  targets: readonly ProcessIdentity[],
  timeoutMs: number,
  table: ProcessTable,
  clock: Clock,
): Promise<void> {
  const until = clock.now() + timeoutMs;
  while (targets.some((target) => table.isAlive(target)) && clock.now() < until) {
    await new Promise<void>((resolve) => clock.after(pollMs, resolve));
  }
}
