/** Ends a process that no window supervises, with everything it started. Only called for what is left over, or with consent for this pid. */
import type { PortOwner } from '../../core/model/process';
import { endTree } from './endTree';
import type { Clock, KillOutcome, ProcessTrees } from '../ports';

/** How long a process may take to exit before it is killed. */
const exitGraceMs = 3000;

export async function endOwner({ process }: Pick<PortOwner, 'process'>, trees: ProcessTrees, clock: Clock): Promise<KillOutcome> {
  const tree = trees.open({ process, marker: '' });
  try {
    return await endTree(tree, { signal: 'SIGTERM', grace: exitGraceMs, clock });
  } finally {
    tree.dispose();
  }
}
