/** What the operations on trees are made of. */
import type { Clock, PortTable, TreeRoot } from '../../app/ports';
import type { ProcessIdentity, ProcessRow, Reading } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/table';

export interface TreeParts {
  readonly processTable: SystemProcessTable;
  readonly portTable: PortTable;
  readonly clock: Clock;
}

/** One tree, as its operations see it. */
export interface Members {
  readonly root: TreeRoot;
  /** A fresh look. */
  look(): Promise<Reading<Look>>;
  /** Without looking at the table: is anybody we know of alive? */
  anyAlive(): boolean;
  remembered(): readonly ProcessIdentity[];
}

export interface Look {
  /** The living. */
  readonly members: readonly ProcessRow[];
  /** Process groups that may be signalled as a whole. */
  readonly groups: ReadonlySet<number>;
}
