/** A process table with what only the neighbours in this folder tree need. */
import type { UsageReader } from '../../app/history/ports';
import type { Disposable, ProcessTable } from '../../app/ports';
import type { ProcessIdentity, ProcessRow, Reading } from '../../core/model/process';

export interface SystemProcessTable extends ProcessTable, UsageReader {
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
  /** Reports the end of the process, once; only where the system notifies of it. Looks go on beside it, as it may never do so. */
  awaitExit?(process: ProcessIdentity, gone: () => void): Disposable;
  /** Ends exactly this process, in one step with the check of its identity; only where signals do not exist. */
  end?(process: ProcessIdentity): Promise<EndOutcome>;
  /**
   * How often `scan` may be called in the background, in ms. `onSigns`: only soon after a start or a sign of a change, because it costs
   * processes. Undefined when it costs too much even for that.
   */
  readonly backgroundScan: number | 'onSigns' | undefined;
}

export type EndOutcome =
  | { readonly kind: 'ended' }
  /** It had ended before. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly why: string };
