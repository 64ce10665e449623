/** Identity of processes, and readings that may be unavailable. */

/** Every process of a run inherits this environment variable with the run's id: it finds those that left their process tree. */
export const runVariable = 'SERVICE_LIFECYCLE_RUN';

/** A process that can never be mistaken for another: a pid is reused, a pid with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque token of the start time, unique on this machine also across reboots; equal tokens mean the same process. */
  readonly born: string;
}

/** For what comes from a file or a command's arguments. */
export const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  'born' in value &&
  Number.isSafeInteger(value.pid) &&
  typeof value.born === 'string';

/** "Could not look" is never "none" and never "dead". */
export type Reading<T> = { readonly kind: 'known'; readonly value: T } | { readonly kind: 'unavailable'; readonly why: string };

export const known = <T>(value: T): Reading<T> => ({ kind: 'known', value });
export const unavailable = (why: string): Reading<never> => ({ kind: 'unavailable', why });

/** One row of the process table. */
export interface ProcessRow extends ProcessIdentity {
  readonly ppid: number;
  readonly pgid?: number;
  readonly sid?: number;
  /** A zombie is gone: it holds nothing and runs nothing. */
  readonly state: 'running' | 'stopped' | 'zombie';
  /** The command line, or the name in brackets when it cannot be read. */
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** A process that holds a port we want. */
export interface PortOwner {
  readonly process: ProcessIdentity;
  readonly command: string;
  readonly cwd?: string;
  /** ms since the epoch */
  readonly startedAt: number;
  /** Left over from an earlier run of a service, by its environment or the ledger; else a stranger's. */
  readonly origin: 'ours' | 'stranger';
}

/** Somebody who listens on a port. */
export interface Listener {
  readonly port: number;
  /** As the system prints it: `127.0.0.1`, `0.0.0.0`, `::1`, `::`. */
  readonly address: string;
  readonly family: 4 | 6;
  /** The same for several pids that share one socket; undefined where the system does not tell. */
  readonly socket?: string;
  /** Everyone who holds the socket; empty when it belongs to somebody we may not look at. */
  readonly pids: readonly number[];
  /** User id of the owner where the system tells. */
  readonly uid?: number;
}
