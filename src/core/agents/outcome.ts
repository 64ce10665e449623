/** What a tool replies with. A reply is plain JSON; every expected failure is an outcome with what to do next. */
import type { Actor } from '../model/actor';

export const outcomes = [
  'started',
  'alreadyRunning',
  'adopted',
  'restarted',
  'stopped',
  'alreadyStopped',
  'reached',
  'failed',
  'timeout',
  'setupFailed',
  'portTaken',
  'dependencyFailed',
  'notTrusted',
  'notConfigured',
  'unknownService',
  'cancelled',
] as const;

export type Outcome = (typeof outcomes)[number];

const successes: ReadonlySet<Outcome> = new Set([
  'started',
  'alreadyRunning',
  'adopted',
  'restarted',
  'stopped',
  'alreadyStopped',
  'reached',
]);

export const isSuccess = (outcome: Outcome): boolean => successes.has(outcome);

export interface ShownVerdict {
  /** A code of docs/diagnostic-codes.md. */
  readonly code: string;
  readonly sentence: string;
}

/** One row of the list. Times are ISO 8601. */
export interface ServiceRow {
  readonly service: string;
  /** As the view shows it. */
  readonly state: string;
  readonly lifecycle: string;
  readonly health: string;
  readonly url?: string;
  /** In a remote window: where the browser of the user reaches `url`. */
  readonly externalUrl?: string;
  readonly port?: number;
  readonly pid?: number;
  /** When the present state began, as far as it is known. */
  readonly since?: string;
  readonly startedBy?: Actor;
  readonly waitingFor?: readonly string[];
  readonly restarts: number;
  readonly verdict?: ShownVerdict;
  /** Absent where it is in none. */
  readonly groups?: readonly string[];
}

/** A process that holds a port. */
export interface ShownOwner {
  readonly pid: number;
  readonly command: string;
  readonly folder?: string;
  /** The service that it belongs to, where it is one. */
  readonly service?: string;
}

export interface OutcomeReply {
  readonly outcome: Outcome;
  /** Undefined for an unknown service. */
  readonly service?: ServiceRow;
  readonly verdict?: ShownVerdict;
  /** What to do next. */
  readonly next?: string;
  readonly owners?: readonly ShownOwner[];
  /** The last lines of output, oldest first. */
  readonly lines?: readonly string[];
  /** After a stop: what was ended. */
  readonly ended?: { readonly pid?: number; readonly forced?: readonly number[] };
  /** Services that depend on the one that was stopped. */
  readonly dependents?: readonly string[];
  readonly knownServices?: readonly string[];
  readonly nearest?: string;
}

/** Of a start, stop or restart of a group. */
export interface GroupReply {
  /** The first of `services` that is no success; else what happened to them. */
  readonly outcome: Outcome;
  readonly group: string;
  /** One for each service of the group, in the order of the files. */
  readonly services: readonly OutcomeReply[];
  /** Services outside of the group that were started, because its services depend on them. */
  readonly alsoStarted?: readonly string[];
}

/** Of a one-off command of a service. */
export interface CommandReply {
  readonly service: string;
  readonly command: string;
  readonly ok: boolean;
  /** How it ended, in words. */
  readonly result: string;
  /** Absent when it did not run, was canceled, or when the code is not known. */
  readonly exitCode?: number;
  readonly verdict?: ShownVerdict;
  /** What to do next. */
  readonly next?: string;
  /** The last lines of its output, oldest first. */
  readonly lines: readonly string[];
}

export interface ListReply {
  readonly services: readonly ServiceRow[];
  /** Services whose configuration has a mistake. */
  readonly broken?: readonly { readonly service: string; readonly problem: string }[];
  readonly next?: string;
}

export interface LogsReply {
  /** Oldest first. */
  readonly lines: readonly { readonly at: string; readonly service: string; readonly run: string; readonly text: string }[];
  readonly cursor: string;
  /** Lines that came after the cursor and are not kept any more. */
  readonly dropped: number;
  /** Present when older lines were left out to keep the reply short. */
  readonly cut?: string;
}

export interface DiagnoseReply {
  readonly service: string;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: string;
    readonly title: string;
    readonly detail: string;
    readonly evidence: readonly string[];
    /** What helps, as text. */
    readonly fixes: readonly string[];
  }[];
  readonly lines: readonly string[];
}

export interface CheckReply {
  readonly service: string;
  readonly ok: boolean;
  readonly checks: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly status?: number;
    readonly latencyMs?: number;
    readonly message?: string;
  }[];
}

export interface EventsReply {
  readonly events: readonly {
    readonly at: string;
    readonly service: string;
    readonly what: string;
    readonly by?: Actor;
    readonly reason?: string;
    readonly verdict?: string;
    readonly cursor: string;
  }[];
  readonly cursor: string;
  readonly dropped: number;
}

export type Reply = OutcomeReply | GroupReply | CommandReply | ListReply | LogsReply | DiagnoseReply | CheckReply | EventsReply;
