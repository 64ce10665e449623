/** The state of a service as the API shows it to other extensions and to our own views. */
import type { Actor } from '../model/actor';
import type { Role } from '../model/service';

export type SnapshotLifecycle =
  'stopped' | 'queued' | 'starting' | 'running' | 'stopping' | 'backingOff' | 'exited' | 'failed' | 'external';

export type SnapshotHealth = 'none' | 'unknown' | 'healthy' | 'unhealthy' | 'reloading';

/** Times are ms since the epoch, latencies ms. */
export interface ServiceSnapshot {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The groups that it belongs to, as configured. */
  readonly groups: readonly string[];
  readonly lifecycle: SnapshotLifecycle;
  readonly health: SnapshotHealth;
  /** Explains the state in whole sentences; absent when the service is simply healthy or stopped. */
  readonly reason?: string;
  /** The same in at most 32 characters, the cause first; absent when the state needs no explanation. */
  readonly cause?: string;
  /** What the latest diagnosis found first; absent when it is well, and until there was one. */
  readonly verdict?: { readonly code: string; readonly title: string; readonly short: string };
  readonly pid?: number;
  readonly port?: number;
  readonly url?: string;
  readonly startedAt?: number;
  /** Who requested the present run; absent when nothing runs, or when it is not known. */
  readonly startedBy?: Actor;
  /** Percent of one core that its processes used in the last 15 s; absent where nothing runs, or it was not read yet. */
  readonly cpu?: number;
  /** Resident memory of its processes, in bytes. */
  readonly memory?: number;
  readonly exitCode?: number;
  readonly restarts: number;
  readonly lastProbe?: {
    readonly at: number;
    readonly ok: boolean;
    readonly status?: number;
    readonly latencyMs?: number;
    readonly error?: string;
  };
}
