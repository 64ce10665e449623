/** What happened, in the past tense. Every outside event names the run it belongs to. */
import type { LaunchFailure } from './failure';
import type { ProbeOutcome } from './health';
import type { ProcessIdentity } from './process';
import type { RunId, StartedBy, TerminalState, Waiting } from './state';

/** Times (`at`) are ms since the epoch. */
export type ServiceEvent = Request | RunEvent;

/** What a person or a program asked for. */
export type Request =
  | { readonly kind: 'startRequested'; readonly run: RunId; readonly by: StartedBy; readonly at: number }
  | { readonly kind: 'stopRequested'; readonly at: number }
  | { readonly kind: 'restartRequested'; readonly run: RunId; readonly by: StartedBy; readonly at: number }
  /** A run of before this window, found alive. */
  | {
      readonly kind: 'adopted';
      readonly run: RunId;
      readonly process: ProcessIdentity;
      readonly startedAt: number;
      readonly terminal: TerminalState;
    };

/** What the world reported about one run. */
export type RunEvent = { readonly run: RunId } & (
  | { readonly kind: 'dependenciesPending'; readonly waitingFor: readonly Waiting[] }
  | { readonly kind: 'dependenciesMet'; readonly at: number }
  | { readonly kind: 'dependencyFailed'; readonly id: string; readonly detail: string; readonly at: number }
  | { readonly kind: 'launched'; readonly process: ProcessIdentity; readonly at: number }
  | { readonly kind: 'launchRefused'; readonly failure: LaunchFailure; readonly at: number }
  | { readonly kind: 'probed'; readonly outcome: ProbeOutcome }
  | { readonly kind: 'readyLineSeen'; readonly at: number }
  | { readonly kind: 'terminalLost' }
  | { readonly kind: 'terminalFound' }
  | { readonly kind: 'terminalClosed'; readonly at: number }
  /** The leader is gone; nothing is known about why. */
  | { readonly kind: 'processGone'; readonly at: number; readonly lastLine?: string }
  /** Comes later than `processGone`: VS Code drains the terminal first. */
  | {
      readonly kind: 'endExplained';
      readonly exitCode: number | undefined;
      readonly lastLine?: string;
      /** A person pressed Ctrl+C in the service's terminal. */
      readonly interrupted: boolean;
      readonly at: number;
    }
  | { readonly kind: 'graceOver' }
  | { readonly kind: 'treeKilled'; readonly killed: readonly number[]; readonly left: readonly number[]; readonly why?: string; readonly at: number }
  /** Every process of the tree is gone. `portHeldBy` is undefined when the port is free, or there is none. */
  | { readonly kind: 'treeGone'; readonly portHeldBy: string | undefined; readonly at: number }
);
