/** Ends a process tree that no service owns: asks it to exit, kills it after the grace period, and reports what is left. */
import type { StopSignal } from '../../core/model/service';
import { Slot } from '../lifetime';
import type { Clock, KillOutcome, ProcessTree } from '../ports';

export interface Ending {
  readonly signal: StopSignal;
  /** How long (ms) it may take to exit before it is killed. */
  readonly grace: number;
  readonly clock: Clock;
}

export async function endTree(tree: ProcessTree, { signal, grace, clock }: Ending): Promise<KillOutcome> {
  const abort = new AbortController();
  const timer = new Slot();
  try {
    // Looked at before the first signal: children of a process that is gone cannot be found any more.
    await tree.members();
    // What cannot be asked needs no time to react.
    if ((await tree.interrupt(signal)) === 'impossible') return await tree.kill();
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
