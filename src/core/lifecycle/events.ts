/** What happened, in the past tense. Every outside event names the run it belongs to. */
import type { DependencyProblem } from '../model/dependency';
import type { LaunchFailure, StepFailure, StopCause } from '../model/failure';
import type { StopWay } from '../model/stopWay';
import type { EndedPart } from '../model/endedPart';
import type { HangEvidence, ProbeOutcome } from '../model/health';
import type { PortHolder, PortOwner, ProcessIdentity } from '../model/process';
import type { RestartReason } from '../model/restartReason';
import type { RunId, StartedBy, TerminalState, Waiting } from './state';

/** Times (`at`) are ms since the epoch. */
export type ServiceEvent = Request | RunEvent;

/** What the user or a program requested. */
export type Request =
  | { readonly kind: 'startRequested'; readonly run: RunId; readonly by: StartedBy; readonly at: number }
  /** Without a cause it is a plain request of the user. */
  | { readonly kind: 'stopRequested'; readonly cause?: StopCause; readonly at: number }
  /** Whether it may start with the workspace has to be asked. */
  | { readonly kind: 'consentRequested' }
  /** `reason` where it follows from something else than a request for this service. */
  | {
      readonly kind: 'restartRequested';
      readonly run: RunId;
      readonly by: StartedBy;
      readonly reason?: RestartReason;
      readonly at: number;
    }
  /** Files that `watch` names have changed, the last one at `changedAt`; `run` is for the restart. */
  | {
      readonly kind: 'filesChanged';
      readonly run: RunId;
      readonly reason: RestartReason;
      readonly changedAt: number;
      readonly at: number;
    }
  /** A run of before this window, found alive. */
  | {
      readonly kind: 'adopted';
      readonly run: RunId;
      readonly process: ProcessIdentity;
      readonly startedAt: number;
      readonly by?: StartedBy;
      /** Undefined when it was never ready. */
      readonly readyAt?: number;
      readonly terminal: TerminalState;
    };

/** For a run that the reducer may decide to make: it has neither ids nor chance of its own. */
export interface Spare {
  readonly run: RunId;
  /** 0 (included) to 1 (excluded). */
  readonly chance: number;
}

/** What the world reported about one run. */
export type RunEvent = { readonly run: RunId } & (
  | { readonly kind: 'dependenciesPending'; readonly waitingFor: readonly Waiting[] }
  | { readonly kind: 'dependenciesMet'; readonly at: number }
  | { readonly kind: 'dependencyFailed'; readonly id: string; readonly problem: DependencyProblem; readonly at: number }
  | {
      readonly kind: 'setupStepStarted';
      readonly name: string;
      readonly number: number;
      readonly of: number;
      readonly at: number;
    }
  /** All steps that were needed have succeeded. */
  | { readonly kind: 'setupDone' }
  | { readonly kind: 'setupFailed'; readonly step: string; readonly cause: StepFailure; readonly at: number }
  /** `output`: what the process writes cannot be read. */
  | { readonly kind: 'launched'; readonly process: ProcessIdentity; readonly at: number; readonly output?: 'unread' }
  | { readonly kind: 'launchRefused'; readonly failure: LaunchFailure; readonly at: number }
  | { readonly kind: 'portTaken'; readonly owners: readonly PortOwner[]; readonly at: number }
  /** The port cannot be bound yet, and nothing is listening there: the launch waits. */
  | { readonly kind: 'portClosing'; readonly port: number }
  | { readonly kind: 'portForbidden'; readonly why: string; readonly at: number }
  /** Another process holds the port that was chosen, and another one was: the launch begins again as the run `next`, with the new port. */
  | { readonly kind: 'portMoved'; readonly next: RunId }
  | { readonly kind: 'portAnswered'; readonly answer: 'stop' | 'adopt' | 'cancel'; readonly at: number }
  | { readonly kind: 'probed'; readonly outcome: ProbeOutcome }
  | { readonly kind: 'hangInspected'; readonly evidence: HangEvidence }
  | {
      readonly kind: 'unhealthyTooLong';
      readonly since: number;
      readonly paused: boolean;
      readonly spare: Spare;
      readonly at: number;
    }
  /** The output says that a reloader restarts its worker. */
  | { readonly kind: 'reloadSeen'; readonly at: number }
  /** The output names an error; `final` when it says itself that the worker is dead. */
  | { readonly kind: 'errorSeen'; readonly line: string; readonly final: boolean; readonly at: number }
  | { readonly kind: 'addressSeen'; readonly port: number }
  /** These processes have ended with an error while others of the service go on; all of them each time. */
  | { readonly kind: 'partsSeen'; readonly ended: readonly EndedPart[] }
  /** The output ends with a question; absent when something was written after it. */
  | { readonly kind: 'questionSeen'; readonly question?: string }
  /** It has been ready for long enough to forget its restarts. */
  | { readonly kind: 'stable' }
  | { readonly kind: 'readyLineSeen'; readonly at: number }
  | { readonly kind: 'terminalLost' }
  | { readonly kind: 'terminalFound' }
  | { readonly kind: 'terminalClosed'; readonly at: number }
  /** The leader is gone; nothing is known about why. */
  | { readonly kind: 'processGone'; readonly at: number; readonly lastLine?: string }
  /** After `processGone`: a process that it started serves the port in the background, in a session of its own. */
  | { readonly kind: 'leftTerminal'; readonly process: ProcessIdentity; readonly startedAt: number; readonly at: number }
  /** Comes later than `processGone`: VS Code drains the terminal first. */
  | {
      readonly kind: 'endExplained';
      readonly exitCode: number | undefined;
      readonly lastLine?: string;
      /** A person pressed Ctrl+C in the service's terminal. */
      readonly interrupted: boolean;
      readonly spare: Spare;
      readonly at: number;
    }
  /** After `endExplained`: output that arrived later names another cause. VS Code may deliver the last chunk after the end of the task. */
  | { readonly kind: 'lastLineSeen'; readonly lastLine: string }
  /** The machine slept, or its clock was set: nothing that came in between counts against the service. */
  | { readonly kind: 'timeJumped'; readonly at: number }
  /** A debugger holds it still, or does so no more. */
  | { readonly kind: 'debuggerPaused'; readonly at: number }
  | { readonly kind: 'debuggerResumed'; readonly at: number }
  | { readonly kind: 'backoffOver'; readonly at: number }
  /** What an `interrupt` did. */
  | { readonly kind: 'asked'; readonly way: StopWay }
  | { readonly kind: 'graceOver' }
  /** A cancelled launch should have reported its outcome by now. */
  | { readonly kind: 'launchOverdue'; readonly at: number }
  /** The leader went a while ago, others of its tree have not. */
  | { readonly kind: 'stragglersLeft' }
  | {
      readonly kind: 'treeKilled';
      readonly killed: readonly number[];
      readonly left: readonly number[];
      readonly why?: string;
      readonly at: number;
    }
  /**
   * Every process of the tree is gone. `portHeldBy` is undefined when the port is free or there is none, and empty when it is
   * held by something that cannot be seen from here.
   */
  | { readonly kind: 'treeGone'; readonly portHeldBy: readonly PortHolder[] | undefined; readonly at: number }
);
