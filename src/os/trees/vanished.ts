import type { Clock, ProcessTable } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';

/** Between two looks; in ms. */
const period = 5;

/** Settles when all are gone, or after `patience` ms. */
export async function vanished(
  targets: readonly ProcessIdentity[],
  patience: number,
  table: ProcessTable,
  clock: Clock,
): Promise<void> {
  const until = clock.elapsed() + patience;
  while (targets.some((target) => table.isAlive(target)) && clock.elapsed() < until) {
    await new Promise<void>((resolve) => clock.after(period, resolve));
  }
}
