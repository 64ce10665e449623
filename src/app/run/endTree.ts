/** Ends a process tree that is no service's: asked first, killed when it does not leave, known to be gone in the end. */
import type { StopSignal } from '../../core/model/service';
import { Slot } from '../lifetime';
import type { Clock, KillOutcome, ProcessTree } from '../ports';

export interface Farewell {
  readonly signal: StopSignal;
  /** It gets this long (ms) to leave by itself before it is killed. */
  readonly grace: number;
  readonly clock: Clock;
}

export async function endTree(tree: ProcessTree, { signal, grace, clock }: Farewell): Promise<KillOutcome> {
  const abort = new AbortController();
  const timer = new Slot();
  try {
    // Looked at before the first signal: children of a process that is gone cannot be found any more.
    await tree.members();
    await tree.interrupt(signal);
    const left = tree.gone(abort.signal).then(() => 'gone' as const);
    left.catch(() => undefined);
    const late = new Promise<'late'>((resolve) => timer.set(clock.after(grace, () => resolve('late'))));
    const first = await Promise.race([left, late]);
    return first === 'gone' ? { killed: [], left: [] } : await tree.kill();
  } finally {
    timer.dispose();
    abort.abort();
  }
}
