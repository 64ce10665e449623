/** What is known of one service. Health exists only where something runs; illegal pairs cannot be written down. */
import type { RequestedBy } from '../model/actor';
import type { WaitingState } from '../model/dependency';
import type { EndedPart } from '../model/endedPart';
import type { Failure, StopCause } from '../model/failure';
import type { Health } from '../model/health';
import type { LatestVerdict } from '../model/latestVerdict';
import type { MovedAddress } from '../model/movedAddress';
import type { PortOwner, ProcessIdentity } from '../model/process';
import type { RestartReason } from '../model/restartReason';
import type { ServiceSpec } from '../model/service';
import type { StopWay } from '../model/stopWay';
import type { CommandStates } from '../model/commandResult';
import type { Usage } from '../model/usage';

/** Names one attempt to run a service; events of another run are dropped. */
export type RunId = string;

/** Who wanted it. Only a start by the user saves editors and asks questions. */
export type StartedBy = RequestedBy;

/** A dependency that is not there yet. */
export interface Waiting {
  readonly id: string;
  readonly state: WaitingState;
  readonly since: number;
}

/** A person may close the tab that a terminal lives in; the process goes on. `left`: it put itself into the background. */
export type TerminalState = 'attached' | 'lost' | 'left';

/** Automatic restarts; the breaker of `maxRestarts` reads them. */
export interface RestartHistory {
  /** Without a stable run, or a start by hand, between them. */
  readonly inARow: number;
  /** Since the window opened. */
  readonly total: number;
  /** The latest run that was started for a reason other than a request or a failure. It counts for neither number. */
  readonly latest?: { readonly run: RunId; readonly reason: RestartReason };
}

/** The exit code may still come, and with it the decision whether to try again; absent when nothing more is expected. */
export type Awaiting = 'explanation';

/** A setup step on its way; they count from 1. */
export interface StepProgress {
  readonly name: string;
  readonly number: number;
  readonly of: number;
  readonly since: number;
}

/** What a launch is about. No process of the service is known yet. */
export type LaunchPhase =
  /** Everything is looked at, then handed over to a terminal. */
  | { readonly kind: 'preparing' }
  /** Its port has no owner, and cannot be bound yet. */
  | { readonly kind: 'portClosing'; readonly port: number }
  /** A setup step runs in a terminal of its own. */
  | { readonly kind: 'setup'; readonly step: StepProgress }
  /** These processes hold its port, and the user is asked what to do: nothing is under way until then. */
  | { readonly kind: 'blocked'; readonly owners: readonly PortOwner[] };

export const noRestarts: RestartHistory = { inARow: 0, total: 0 };

export type Lifecycle =
  /** `run` is the one that was stopped. */
  | { readonly kind: 'stopped'; readonly cause: StopCause; readonly run?: RunId }
  | {
      readonly kind: 'queued';
      readonly run: RunId;
      readonly by: StartedBy;
      readonly since: number;
      readonly waitingFor: readonly Waiting[];
    }
  | {
      readonly kind: 'launching';
      readonly run: RunId;
      readonly by: StartedBy;
      readonly since: number;
      readonly phase: LaunchPhase;
      /** Those who held its port and were to be ended for this run. */
      readonly ending?: readonly PortOwner[];
    }
  /** The process is there and is not ready yet. */
  | {
      readonly kind: 'starting';
      readonly run: RunId;
      /** Absent when the window that started it did not note it. */
      readonly by?: StartedBy;
      readonly since: number;
      readonly process: ProcessIdentity;
      readonly terminal: TerminalState;
      readonly health: Health;
      /** When its start period began again because time had jumped. */
      readonly graceSince?: number;
      readonly printedPort?: number;
      /** What it asks in its terminal, as long as it waits for the answer. */
      readonly question?: string;
      /** Processes of it that have ended with an error while others go on. */
      readonly ended?: readonly EndedPart[];
      /** What holds it still, so that it cannot respond. */
      readonly paused?: 'debugger';
    }
  | {
      readonly kind: 'running';
      readonly run: RunId;
      readonly by?: StartedBy;
      readonly process: ProcessIdentity;
      readonly startedAt: number;
      readonly readyAt: number;
      readonly terminal: TerminalState;
      readonly health: Health;
      /** Its ready line cannot be read, so that it counts as ready without it. */
      readonly readyLine?: 'unread';
      /** When its start period began again because time had jumped. */
      readonly graceSince?: number;
      /** The port that its output names, where that is not the configured one. */
      readonly printedPort?: number;
      /** What it asks in its terminal, as long as it waits for the answer. */
      readonly question?: string;
      /** Processes of it that have ended with an error while others go on. */
      readonly ended?: readonly EndedPart[];
      /** What holds it still, so that it cannot respond. */
      readonly paused?: 'debugger';
    }
  | {
      readonly kind: 'stopping';
      readonly run: RunId;
      /** Undefined while the launch has not reported its process yet. */
      readonly process: ProcessIdentity | undefined;
      readonly since: number;
      readonly cause: StopCause;
      readonly phase: 'asked' | 'forced';
      /** What asked it first; absent until something has. */
      readonly asked?: StopWay;
      /** The run that is to follow, for a restart. */
      readonly next: { readonly run: RunId; readonly by: StartedBy } | undefined;
    }
  | {
      readonly kind: 'backingOff';
      /** The one that failed. */
      readonly run: RunId;
      /** The one to come. */
      readonly next: RunId;
      readonly until: number;
      readonly since: number;
      readonly failure: Failure;
    }
  /** It ran to its end. */
  | {
      readonly kind: 'exited';
      readonly run: RunId;
      readonly at: number;
      readonly exitCode: number | undefined;
      readonly awaiting?: Awaiting;
    }
  | {
      readonly kind: 'failed';
      readonly run: RunId;
      readonly at: number;
      readonly failure: Failure;
      readonly awaiting?: Awaiting;
    }
  /** Somebody else runs it on our port; we watch. */
  | {
      readonly kind: 'external';
      readonly run: RunId;
      readonly process: ProcessIdentity;
      readonly since: number;
      readonly health: Health;
    };

export interface ServiceState {
  readonly lifecycle: Lifecycle;
  readonly restarts: RestartHistory;
}

export const initialState: ServiceState = { lifecycle: { kind: 'stopped', cause: { kind: 'never' } }, restarts: noRestarts };

/** Whether a debugger of its own holds it still. */
export const isPaused = (lifecycle: Lifecycle): boolean =>
  (lifecycle.kind === 'starting' || lifecycle.kind === 'running') && lifecycle.paused !== undefined;

/** Why the run that the state shows, or the one that follows it, was started; undefined after a request and after a failure. */
export function restartReason({ lifecycle, restarts: { latest } }: ServiceState): RestartReason | undefined {
  const run = lifecycle.kind === 'stopping' ? lifecycle.next?.run : lifecycle.run;
  return latest !== undefined && latest.run === run ? latest.reason : undefined;
}

/** A service as the store holds it; every view is a pure function of a list of these. */
export interface Service {
  readonly spec: ServiceSpec;
  readonly state: ServiceState;
  /** Of the failure or of the health that the state shows; absent until a diagnosis has found it. */
  readonly verdict?: LatestVerdict;
  /** Addresses of other services with which it runs and that are out of date; absent where there are none. */
  readonly moved?: readonly MovedAddress[];
  /** Of its processes; absent where nothing runs, or nothing was read yet. */
  readonly usage?: Usage;
  /** Of its one-off commands, those that ran since the window was opened. */
  readonly commandStates?: CommandStates;
}
