/** A process table with what only the neighbours in this folder tree need. */
import type { ProcessTable } from '../../app/ports';
import type { ProcessRow, Reading } from '../../core/model/process';

export interface SystemProcessTable extends ProcessTable {
  /** As `list`, but `command` may be just the name: for looking often. */
  scan(): Promise<Reading<readonly ProcessRow[]>>;
  /** The rows with their full command lines. */
  describe(rows: readonly ProcessRow[]): Promise<readonly ProcessRow[]>;
  /** Values of the variable SERVICE_LIFECYCLE_RUN by pid, as far as the system shows the environment of these processes. */
  markers(rows: readonly ProcessRow[]): Promise<ReadonlyMap<number, string>>;
  /** The process group that the terminal of this process sends Ctrl+C to. */
  foregroundGroup(pid: number): Promise<number | undefined>;
  /**
   * How often `scan` may be called in the background, in ms. `onSigns`: only soon after a start or a sign of a change, because it costs
   * processes. Undefined when it costs too much even for that.
   */
  readonly backgroundScan: number | 'onSigns' | undefined;
}
