/** Everything that is expected to go wrong, as values. `explain.ts` turns each into one sentence. */
import type { Delegate } from './actor';
import type { DependencyProblem } from './dependency';
import type { PortHolder, PortOwner } from './process';
import type { StopWay } from './stopWay';

/** Why a probe did not succeed. */
export type ProbeFailure =
  /** The reloader lives, the worker that it started is dead. `line` is what the output says of it. */
  | { readonly kind: 'workerDead'; readonly line: string }
  /** Nobody listens on any address tried. */
  | { readonly kind: 'refused'; readonly port: number }
  /** A connection was accepted, but no complete answer came in `timeout` ms. */
  | { readonly kind: 'noAnswer'; readonly timeout: number }
  /** The answer came after `took` ms, later than the `timeout` (ms) of the probe. */
  | { readonly kind: 'slow'; readonly took: number; readonly timeout: number }
  /** Closed before a reply, or closed at once: a proxy accepts connections before its server does. */
  | { readonly kind: 'reset' }
  /** The port speaks TLS, the probe spoke plain http. */
  | { readonly kind: 'httpsExpected' }
  /** The probe spoke TLS, the port does not. */
  | { readonly kind: 'httpExpected' }
  | { readonly kind: 'notHttp' }
  /** `why` where the response gives a reason that concerns the health check. */
  | {
      readonly kind: 'badStatus';
      readonly status: number;
      readonly expected: string;
      readonly why?: 'host' | 'webSocket' | 'airplay';
    }
  | { readonly kind: 'badBody'; readonly detail: string }
  | { readonly kind: 'execFailed'; readonly command: string; readonly exitCode: number | undefined; readonly detail: string }
  | { readonly kind: 'unknownHost'; readonly host: string }
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** The container of the service does not run; `missing`: there is none. */
  | { readonly kind: 'container'; readonly state: 'missing' | 'created' | 'paused' | 'restarting' | 'exited' }
  /** The engine has not decided yet: no health check of the container has succeeded, and not too many have failed. */
  | { readonly kind: 'containerStarting' }
  /** `detail` is what the latest health check of the container printed; empty when it printed nothing. */
  | { readonly kind: 'containerUnhealthy'; readonly detail: string };

/** Why a start was refused before any process was made. */
export type LaunchFailure =
  | { readonly kind: 'untrusted' }
  /** Every port that the service may have is in use. */
  | { readonly kind: 'noFreePort'; readonly from: number; readonly to: number }
  | { readonly kind: 'missingFolder'; readonly path: string }
  | { readonly kind: 'notAFolder'; readonly path: string }
  | { readonly kind: 'missingCommand'; readonly command: string }
  /** `example` is there to be copied. */
  | { readonly kind: 'missingEnvFile'; readonly path: string; readonly example?: string }
  | { readonly kind: 'unreadableEnvFile'; readonly path: string; readonly detail: string }
  | { readonly kind: 'unknownVariable'; readonly variable: string; readonly where: string }
  /** The person stopped it before it was launched. */
  | { readonly kind: 'abandoned' }
  | { readonly kind: 'unsavedSettings' }
  /** An automatic start would run something else than the user agreed to. */
  | { readonly kind: 'notAgreed' }
  | { readonly kind: 'taskRefused'; readonly detail: string }
  /** The start was cancelled, and `waited` ms later it is still unknown whether a process was made. */
  | { readonly kind: 'unconfirmed'; readonly waited: number }
  /** A mistake in this program, or in VS Code. */
  | { readonly kind: 'internal'; readonly detail: string };

/** Why a setup step did not do what it is for, so that the service was not launched. */
export type StepFailure =
  | { readonly kind: 'refused'; readonly failure: LaunchFailure }
  | { readonly kind: 'ended'; readonly end: ProcessEnd }
  /** It said that it succeeded, and what its `unless` names is still not there. */
  | { readonly kind: 'noResult'; readonly path: string };

/** How a process ended. */
export interface ProcessEnd {
  /** Undefined when it is unknown. VS Code reports 0 for a process killed by a signal. */
  readonly exitCode: number | undefined;
  /** The most useful line of its last output, without ANSI codes. */
  readonly lastLine?: string;
}

/** Causes that a restart does not cure; a change of a file may. */
export type RepeatingCause = 'syntaxError' | 'missingModule' | 'missingCommand' | 'addressInUse';

/** Why a service is down without a request. */
export type Failure =
  | { readonly kind: 'launch'; readonly failure: LaunchFailure }
  | {
      readonly kind: 'crashed';
      readonly end: ProcessEnd;
      readonly beforeReady: boolean;
      /** Why a restart would fail in the same way, so that none was made. */
      readonly repeats?: RepeatingCause;
    }
  | { readonly kind: 'setup'; readonly step: string; readonly cause: StepFailure }
  | { readonly kind: 'neverReady'; readonly waited: number; readonly probe: ProbeFailure | undefined }
  | { readonly kind: 'dependency'; readonly id: string; readonly problem: DependencyProblem }
  /** Without owners when they cannot be seen from here. */
  | { readonly kind: 'portTaken'; readonly port: number; readonly owners: readonly PortOwner[] }
  | { readonly kind: 'portForbidden'; readonly port: number; readonly why: string }
  /** Every process of the service is gone, and yet its port cannot be bound. Without holders when they cannot be seen from here. */
  | { readonly kind: 'portStillHeld'; readonly port: number; readonly holders: readonly PortHolder[] }
  /** `why` as the system words it; undefined when the processes just did not react. */
  | { readonly kind: 'cannotStop'; readonly pids: readonly number[]; readonly why?: string }
  | { readonly kind: 'gaveUp'; readonly restarts: number; readonly last: Failure };

/** Why a service is stopped on request. */
export type StopCause =
  | { readonly kind: 'never' }
  /** `by` when it was not the user. */
  | { readonly kind: 'command'; readonly by?: Delegate }
  /** It starts with the workspace, and the user has not allowed that yet. */
  | { readonly kind: 'awaitingConsent' }
  /** It had failed, and the user wants to see that no longer. */
  | { readonly kind: 'dismissed'; readonly failure: Failure }
  | { readonly kind: 'ctrlC' }
  | { readonly kind: 'terminalClosed' }
  /** To free a port that another service needs; `service` is its key, undefined when only the port was asked for. */
  | { readonly kind: 'portFreed'; readonly port: number; readonly service?: string }
  /** It had been unhealthy for longer than `restartUnhealthyAfter` (ms) allows. */
  | { readonly kind: 'unhealthyTooLong'; readonly limit: number }
  /** Somebody else's process is not watched any more, and goes on. */
  | { readonly kind: 'notWatched'; readonly pid: number }
  /** Somebody else's process that served the port, and was only watched, is gone. */
  | { readonly kind: 'externalEnded' }
  /** `graceMs` passed, and `pids` had to be killed. `asked` is absent where they were killed before anything asked them. */
  | { readonly kind: 'forced'; readonly graceMs: number; readonly asked?: StopWay; readonly pids: readonly number[] };
