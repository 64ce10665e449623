import { systemClock } from '../../../src/os/clock';
import { createPortTable } from '../../../src/os/portTable/index';
import { createProcessTable } from '../../../src/os/processTable/index';
import { createProcessTrees } from '../../../src/os/trees/index';

export const processTable = createProcessTable();
export const portTable = createPortTable();
export const trees = createProcessTrees({ processTable, portTable, clock: systemClock });
