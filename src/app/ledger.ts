/** The ledger: what is remembered of the processes that are ours. */
import type { RequestedBy } from '../core/model/actor';
import { defined } from '../core/model/defined';
import type { ProcessIdentity } from '../core/model/process';
import { commandLine } from '../core/model/service';
import type { ServiceSpec } from '../core/model/service';

/** Remembers across reloads, crashes and restarts of the editor which processes are ours. */
export interface Ledger {
  /** Synchronous: it must be there before the first task is asked for. */
  read(folder: string, key: string): LedgerEntry | undefined;
  /** Everything in it, whichever window wrote it. */
  entries(): readonly LedgerEntry[];
  write(entry: LedgerEntry): void;
  /** Removes the entry of this run; the entry of another run of the service stays. */
  remove(entry: Pick<LedgerEntry, 'folder' | 'key' | 'run'>): void;
}

/** One remembered run. */
export interface LedgerEntry {
  readonly folder: string;
  readonly key: string;
  readonly run: string;
  readonly process: ProcessIdentity;
  readonly command: string;
  readonly cwd: string;
  readonly port?: number;
  /** ms since the epoch */
  readonly startedAt: number;
  /** Who started it. Entries of 0.1.0 do not say. */
  readonly by?: RequestedBy;
  /** When it was ready for the first time; undefined until then. */
  readonly readyAt?: number;
  /** The service as it was started, without its environment. Entries of 0.1.0 have none. */
  readonly spec?: ServiceSpec;
  /** The extension host that supervises it, or did. Entries of 0.1.0 have none. */
  readonly host?: ProcessIdentity;
  /** Set when its process ended while no window watched it: what is left of the run may still hold the port. */
  readonly endedAt?: number;
}

/** What is noted of a run. Environments may hold secrets, and none is needed to stop a service. */
export function noteOf(spec: ServiceSpec, run: Pick<LedgerEntry, 'run' | 'by' | 'process' | 'cwd' | 'startedAt'>): LedgerEntry {
  const { folder, key, port } = spec;
  const { asWritten: _texts, ...started } = spec;
  return { folder, key, ...run, command: commandLine(spec), ...defined({ port }), spec: { ...started, env: {} } };
}
