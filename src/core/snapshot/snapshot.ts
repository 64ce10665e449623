/** The contract's view of a service, for other extensions and for our own views. */
import type { Role } from '../model/service';

export type SnapshotLifecycle =
  'stopped' | 'queued' | 'starting' | 'running' | 'stopping' | 'backingOff' | 'exited' | 'failed' | 'external';

export type SnapshotHealth = 'none' | 'unknown' | 'healthy' | 'unhealthy' | 'reloading';

/** Times are ms since the epoch, latencies ms. */
export interface ServiceSnapshot {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly lifecycle: SnapshotLifecycle;
  readonly health: SnapshotHealth;
  /** One sentence for a person, whenever it is not simply healthy or stopped. */
  readonly reason?: string;
  readonly pid?: number;
  readonly port?: number;
  readonly url?: string;
  readonly startedAt?: number;
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
