/** Ends a process that holds a port and does not belong to a run of ours, with everything it started. Only ever called with consent for this pid. */
import type { PortOwner } from '../core/process';
import { Slot } from './lifetime';
import type { Clock, KillOutcome, ProcessTrees } from './ports';

/** A process gets this long (ms) to leave by itself before it is killed. */
const grace = 3000;

export async function endOwner({ process }: PortOwner, trees: ProcessTrees, clock: Clock): Promise<KillOutcome> {
  const tree = trees.open({ process, marker: '' });
  const abort = new AbortController();
  const timer = new Slot();
  try {
    // Looked at before the first signal: children of a process that is gone cannot be found any more.
    await tree.members();
    await tree.interrupt('SIGTERM');
    const left = tree.gone(abort.signal).then(() => 'gone' as const);
    left.catch(() => undefined);
    const late = new Promise<'late'>((resolve) => timer.set(clock.after(grace, () => resolve('late'))));
    const first = await Promise.race([left, late]);
    return first === 'gone' ? { killed: [], left: [] } : await tree.kill();
  } finally {
    timer.dispose();
    abort.abort();
    tree.dispose();
  }
}
