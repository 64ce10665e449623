/** Ends a process that holds a port and does not belong to a run of ours, with everything it started. Only ever called with consent for this pid. */
import type { PortOwner } from '../../core/model/process';
import { endTree } from './endTree';
import type { Clock, KillOutcome, ProcessTrees } from '../ports';

/** A process gets this long (ms) to leave by itself before it is killed. */
const grace = 3000;

export async function endOwner({ process }: PortOwner, trees: ProcessTrees, clock: Clock): Promise<KillOutcome> {
  const tree = trees.open({ process, marker: '' });
  try {
    return await endTree(tree, { signal: 'SIGTERM', grace, clock });
  } finally {
    tree.dispose();
  }
}
