/** Follows processes to their end, and ends whole trees of them. */
import type { Clock, PortTable, ProcessTrees } from '../../app/ports';
import type { SystemProcessTable } from '../processTable/index';
import { createCensus } from './census';
import { createExitWatch } from './exitWatch';
import { openTree } from './tree';

export interface TreeParts {
  readonly processTable: SystemProcessTable;
  readonly portTable: PortTable;
  readonly clock: Clock;
}

export function createProcessTrees(parts: TreeParts): ProcessTrees {
  const census = createCensus(parts.processTable, parts.clock);
  return { watchExit: createExitWatch(parts.processTable, parts.clock), open: (root) => openTree(root, census, parts) };
}
