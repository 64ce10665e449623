/** Identity of processes, and readings that may be unavailable. */

/** Every process of a run inherits this environment variable with the run's id: it finds those that left their process tree. */
export const runVariable = 'SERVICE_LIFECYCLE_RUN';

/** A process that can never be mistaken for another: a pid is reused, a pid with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque token of the start time, unique on this machine also across reboots; equal tokens mean the same process. */
  readonly born: string;
}

/** The same text for the same process only, as a key of maps. */
export const processKey = ({ pid, born }: ProcessIdentity): string => `${pid} ${born}`;

/**
 * Token of a process whose start time could not be read. From a comparison with it follows nothing: the process is neither proven to be
 * alive nor to be another one, and it is not ended.
 */
export const unverified = 'unverified';

export const isVerified = ({ born }: ProcessIdentity): boolean => born !== unverified;

/** Token of a process that had ended before its start time was read: no process has it. */
export const endedUnseen = 'ended';

/** For what comes from a file or a command's arguments. */
export const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  'born' in value &&
  Number.isSafeInteger(value.pid) &&
  typeof value.born === 'string';

/**
 * Start times (ms) that differ by less may be the same: the clocks of some systems count whole seconds, and what is computed from the time
 * since boot differs by some milliseconds from look to look.
 */
export const startTimeToleranceMs = 1000;

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
  readonly origin: PortOrigin;
}

/** Whose process holds a port. Only `leftOver` may be ended without consent, and `editor` never. */
export type PortOrigin =
  /** Of a run of the same service, whose window is gone. */
  | { readonly kind: 'leftOver' }
  /** Of a service that is supervised by this window or another one. */
  | ({ readonly kind: 'service'; readonly state: OwnerState } & OwningService)
  /** VS Code's own, such as a forwarded port. */
  | { readonly kind: 'editor' }
  | { readonly kind: 'other' };

/** The service that an owner of a port belongs to. */
export interface OwningService {
  /** File-system path of the workspace folder. */
  readonly folder: string;
  /** Its key in services.json. */
  readonly key: string;
  /** Its id in this window; absent when another window supervises it. */
  readonly id?: string;
}

/** How such a service is; `elsewhere` when only its window knows. */
export type OwnerState = 'healthy' | 'unhealthy' | 'starting' | 'running' | 'stopping' | 'elsewhere';

/** A process that still holds a port after every process of its service is gone. `command` is absent where it cannot be read. */
export interface PortHolder {
  readonly pid: number;
  readonly command?: string;
}

/** A socket that listens on a port. */
export interface Listener {
  readonly port: number;
  /** As the system prints it: `127.0.0.1`, `0.0.0.0`, `::1`, `::`. */
  readonly address: string;
  readonly family: 4 | 6;
  /** The same for several pids that share one socket; undefined where the system does not show it. */
  readonly socket?: string;
  /** All processes that hold the socket; empty when their user cannot be inspected. */
  readonly pids: readonly number[];
  /** User id of the owner, where the system shows it. */
  readonly uid?: number;
}
