/** Follows processes to their end, and ends whole trees of them. */
import type { ProcessTrees } from '../../app/ports';
import { createCensus } from './census';
import { createExitWatch } from './exitWatch';
import { withNotices } from './exitNotices';
import type { TreeParts } from './parts';
import { openTree } from './tree';

export function createProcessTrees(parts: TreeParts): ProcessTrees {
  const census = createCensus(parts.processTable, parts.clock);
  const watchExit = withNotices(createExitWatch(parts.processTable, parts.clock), parts.processTable);
  return { watchExit, open: (root) => openTree(root, census, parts) };
}
