/** What the history needs from the system. */
import type { HistoryEntry } from '../../core/history/record';
import type { ProcessIdentity, Reading } from '../../core/model/process';

/** What a process has used. */
export interface ProcessUsage extends ProcessIdentity {
  /** Processor time since its start, in ms. */
  readonly cpuMs: number;
  /** Resident memory, in bytes. Pages that processes share count in each of them. */
  readonly memory: number;
}

export interface UsageReader {
  /** Reads all of them in one pass; those that are gone, or may not be looked at, are left out. */
  usage(processes: readonly ProcessIdentity[]): Promise<Reading<readonly ProcessUsage[]>>;
}

/** Keeps entries over a reload. */
export interface HistoryStorage {
  /** What is kept of a service, oldest first. Damaged files are set aside, if `owner` is this window. Never rejects. */
  read(identity: string, owner: 'thisWindow' | 'anotherWindow'): Promise<readonly HistoryEntry[]>;
  /** Entries are written soon; what the disk refuses is tried again with the next ones. */
  append(identity: string, entries: readonly HistoryEntry[]): void;
}
