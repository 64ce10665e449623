/** A process table with what only the neighbours in this folder tree need. */
import type { ProcessTable } from '../../app/ports';
import type { ProcessIdentity, ProcessRow, Reading } from '../../core/model/process';

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
   * When a process started, in ms since the epoch, read from its token. Only where children of a dead process keep its number as their
   * parent's: without it they cannot be distinguished from those of an earlier process with that number.
   */
  startOf?(process: ProcessIdentity): number | undefined;
  /** How often `scan` may be called in the background, in ms; undefined when it costs too much for that. */
  readonly backgroundScan: number | undefined;
}
