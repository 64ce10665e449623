/** Output and events as the API returns them. */
import type { Actor } from '../model/actor';

export interface LogOptions {
  readonly tail?: number;
  readonly since?: string;
  readonly search?: string;
}

export interface EventOptions {
  readonly since?: string;
}

/** One line of output, without terminal codes. */
export interface LogEntry {
  /** In ms since the epoch. */
  readonly at: number;
  /** Id of the service. */
  readonly service: string;
  /** Names the attempt to run the service that wrote it. */
  readonly run: string;
  readonly text: string;
}

export interface LogPage {
  /** Oldest first. */
  readonly lines: readonly LogEntry[];
  /** For the next call: what comes after this page. */
  readonly cursor: string;
  /** Lines after the cursor that are not kept any more. */
  readonly dropped: number;
}

/** What happened to a service, and who requested it. */
export interface ServiceEvent {
  /** In ms since the epoch. */
  readonly at: number;
  /** Id of the service. */
  readonly service: string;
  readonly what: 'started' | 'ready' | 'unhealthy' | 'recovered' | 'failed' | 'stopped' | 'restarted' | 'reloaded' | 'exited';
  readonly by?: Actor;
  readonly reason?: string;
  /** A code of docs/diagnostic-codes.md. */
  readonly verdict?: string;
  readonly cursor: string;
}
