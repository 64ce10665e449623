/** Stopping: asked first, forced after the grace period, said to be stopped only when every process is gone. */
import type { Effect } from './effects';
import type { RunEvent } from './events';
import type { StopCause } from '../model/failure';
import { mayDismiss } from './dismissal';
import { defined } from '../model/defined';
import type { PortHolder } from '../model/process';
import type { ServiceSpec } from '../model/service';
import type { StopWay } from '../model/stopWay';
import type { Lifecycle, RunId, ServiceState, StartedBy } from './state';
import { begin, go, stay } from './step';
import type { Context, Step } from './step';

type Stopped = Extract<Lifecycle, { kind: 'stopped' }>;
type Stopping = Extract<Lifecycle, { kind: 'stopping' }>;

export interface StopRequest {
  readonly at: number;
  readonly cause: StopCause;
  /** The run to follow, for a restart. */
  readonly next: { readonly run: RunId; readonly by: StartedBy } | undefined;
}

export function requestStop({ state, spec }: Context, { at, cause, next }: StopRequest): Step {
  const { lifecycle } = state;
  switch (lifecycle.kind) {
    case 'starting':
    case 'running': {
      const { run, process } = lifecycle;
      const stopping: Stopping = { kind: 'stopping', run, process, since: at, cause, phase: 'asked', next };
      return go(state, stopping, ...ask(run, spec));
    }
    case 'launching': {
      const { run, phase } = lifecycle;
      // Nothing is under way while a question about its port is open.
      if (phase.kind === 'blocked')
        return next === undefined
          ? go(state, { kind: 'stopped', run, cause }, { kind: 'release', run })
          : begin({ state, spec }, { ...next, at });
      const stopping: Stopping = { kind: 'stopping', run, process: undefined, since: at, cause, phase: 'asked', next };
      return go(state, stopping, ...(phase.kind === 'setup' ? [{ kind: 'callOffSetup', run } as const] : []), {
        kind: 'after',
        run,
        delay: launchReportTimeoutMs,
        event: { kind: 'launchOverdue', run, at: at + launchReportTimeoutMs },
      });
    }
    case 'stopping':
      return go(state, { ...lifecycle, next });
    case 'queued':
    case 'backingOff':
      return go(state, { kind: 'stopped', run: lifecycle.run, cause }, { kind: 'release', run: lifecycle.run });
    case 'external': {
      const { run, process } = lifecycle;
      return go(state, { kind: 'stopped', run, cause: { kind: 'notWatched', pid: process.pid } }, { kind: 'release', run });
    }
    case 'exited':
      return lifecycle.awaiting === undefined ? stay(state) : leaveAtRest(state, lifecycle);
    case 'failed':
      if (lifecycle.failure.kind === 'cannotStop') return killAgain({ state, spec }, { at, cause, next });
      return cause.kind === 'command' && mayDismiss(lifecycle) ? dismiss(state, lifecycle) : leaveFailed(state, lifecycle);
    case 'stopped':
      return lifecycle.cause.kind === 'awaitingConsent' ? go(state, { ...lifecycle, cause: { kind: 'never' } }) : stay(state);
  }
}

type Failed = Extract<Lifecycle, { kind: 'failed' }>;

/** The user has seen the failure: it is no alarm any more, and is remembered. */
const dismiss = (state: ServiceState, { run, failure }: Failed): Step =>
  go(state, { kind: 'stopped', run, cause: { kind: 'dismissed', failure } }, { kind: 'release', run });

const leaveFailed = (state: ServiceState, lifecycle: Failed): Step =>
  lifecycle.awaiting === undefined ? stay(state) : leaveAtRest(state, lifecycle);

/** It ended before the stop was requested, and that is reported; whatever its exit code is, it is not restarted. */
const leaveAtRest = (state: ServiceState, lifecycle: Extract<Lifecycle, { kind: 'exited' | 'failed' }>): Step => {
  const { run, at } = lifecycle;
  const rest: Lifecycle =
    lifecycle.kind === 'exited'
      ? { kind: 'exited', run, at, exitCode: lifecycle.exitCode }
      : { kind: 'failed', run, at, failure: lifecycle.failure };
  return go(state, rest, { kind: 'release', run });
};

/** What resisted is still followed: it is killed once more, and nothing takes its place before it is gone. */
export function killAgain({ state }: Context, { at, cause, next }: StopRequest): Step {
  const { run } = state.lifecycle;
  if (run === undefined) return stay(state);
  const stopping: Stopping = { kind: 'stopping', run, process: undefined, since: at, cause, phase: 'forced', next };
  return go(state, stopping, { kind: 'kill', run });
}

/** The first half of a stop: it is asked to exit, and given its grace period. */
export const ask = (run: RunId, spec: ServiceSpec): readonly Effect[] => [
  { kind: 'stopProbing', run },
  { kind: 'interrupt', run, signal: spec.stopSignal, command: spec.stopCommand },
  { kind: 'awaitGone', run },
  { kind: 'after', run, delay: graceOf(spec), event: { kind: 'graceOver', run } },
];

/** How long the engine may take to kill a container whose grace period is over, and to report that. */
const engineTimeMs = 10_000;

/** The engine itself keeps the grace period of a container, and kills it then. */
const graceOf = ({ compose, stopGracePeriod }: ServiceSpec): number =>
  compose === undefined ? stopGracePeriod : stopGracePeriod + engineTimeMs;

/** How long children that finish their work after their parent are left alone before they are asked themselves. */
const stragglerTimeMs = 1000;

/** How long a cancelled launch may take to report its outcome: longer than every deadline within it. */
const launchReportTimeoutMs = 60_000;

const whileStaying = (state: ServiceState, effect: Effect): Step => ({ state, effects: [effect] });

export function onStopping(context: Context, lifecycle: Stopping, event: RunEvent): Step {
  const { state, spec } = context;
  const { run } = lifecycle;
  switch (event.kind) {
    case 'launched':
      if (!isLaunchPending(lifecycle)) return stay(state);
      // The stop came before the process did: it is followed only to be stopped.
      return go(
        state,
        { ...lifecycle, process: event.process },
        { kind: 'follow', run, process: event.process, startedAt: event.at },
        ...ask(run, spec),
      );
    // The stop came before the launch: it is abandoned.
    case 'portTaken':
    case 'portForbidden':
    case 'launchRefused':
    case 'setupFailed':
      return isLaunchPending(lifecycle) ? finish(context, lifecycle, { at: event.at, portHeldBy: undefined }) : stay(state);
    case 'launchOverdue':
      return isLaunchPending(lifecycle) ? unconfirmed(context, lifecycle, event.at) : stay(state);
    case 'processGone':
      return whileStaying(state, { kind: 'after', run, delay: stragglerTimeMs, event: { kind: 'stragglersLeft', run } });
    case 'stragglersLeft':
      // Ctrl+C never reached those that left the terminal's session.
      return whileStaying(state, { kind: 'interrupt', run, signal: 'SIGTERM', command: undefined });
    case 'asked':
      return lifecycle.asked === undefined ? go(state, { ...lifecycle, asked: event.way }) : stay(state);
    case 'graceOver':
      if (lifecycle.phase === 'forced') return stay(state);
      return go(state, { ...lifecycle, phase: 'forced' }, { kind: 'kill', run });
    case 'treeKilled':
      return killed(context, lifecycle, event);
    case 'treeGone':
      return finish(context, lifecycle, event);
    default:
      return stay(state);
  }
}

/** Not released: a process that the launch still reports is stopped. */
function unconfirmed({ state }: Context, { run, since }: Stopping, at: number): Step {
  const failure = { kind: 'launch', failure: { kind: 'unconfirmed', waited: at - since } } as const;
  return go(state, { kind: 'failed', run, at, failure });
}

/** Follows a process that was started although its launch was cancelled, only to stop it. */
export function stopLateProcess(context: Context, event: Extract<RunEvent, { kind: 'launched' }>): Step {
  const { run, process, at } = event;
  const cause: StopCause = { kind: 'command' };
  const stopping: Stopping = { kind: 'stopping', run, process, since: at, cause, phase: 'asked', next: undefined };
  return go(context.state, stopping, { kind: 'follow', run, process, startedAt: at }, ...ask(run, context.spec));
}

/** No process was known when the stop was requested: the launch will report one, or that there is none. */
const isLaunchPending = ({ process, phase }: Stopping): boolean => process === undefined && phase === 'asked';

function killed({ state, spec }: Context, lifecycle: Stopping, event: Extract<RunEvent, { kind: 'treeKilled' }>): Step {
  const { run } = lifecycle;
  if (event.left.length > 0) {
    const failure = { kind: 'cannotStop', pids: event.left, ...defined({ why: event.why }) } as const;
    // Not released: its processes live, so they are followed on and the ledger keeps its note.
    return go(state, { kind: 'failed', run, at: event.at, failure });
  }
  // No process had to be killed: the last one has just exited.
  if (event.killed.length === 0) return stay(state);
  return go(state, {
    ...lifecycle,
    cause: keepsCause(lifecycle) ? lifecycle.cause : forced(spec, lifecycle.asked, event.killed),
  });
}

/** Why it had to make room matters more than that it took a kill. */
const keepsCause = ({ cause }: { readonly cause: StopCause }): boolean => cause.kind === 'portFreed';

const forced = ({ stopGracePeriod }: ServiceSpec, asked: StopWay | undefined, pids: readonly number[]): StopCause => ({
  kind: 'forced',
  graceMs: stopGracePeriod,
  ...defined({ asked }),
  pids,
});

/** The end of the processes may be noticed before the kill reports which it hit; that it took a kill is shown all the same. */
export function onStopped({ state, spec }: Context, lifecycle: Stopped, event: RunEvent): Step {
  if (event.kind === 'endExplained') return explainDismissed(state, lifecycle, event);
  if (event.kind !== 'treeKilled' || event.killed.length === 0 || keepsCause(lifecycle)) return stay(state);
  return go(state, { ...lifecycle, cause: forced(spec, undefined, event.killed) });
}

/** The report comes late where the failure was dismissed at once; it only completes what is remembered. */
function explainDismissed(state: ServiceState, lifecycle: Stopped, event: Extract<RunEvent, { kind: 'endExplained' }>): Step {
  const { cause } = lifecycle;
  if (cause.kind !== 'dismissed' || cause.failure.kind !== 'crashed' || cause.failure.end.exitCode !== undefined)
    return stay(state);
  const { exitCode, lastLine } = event;
  const end = { exitCode, ...defined({ lastLine: lastLine ?? cause.failure.end.lastLine }) };
  return go(state, { ...lifecycle, cause: { kind: 'dismissed', failure: { ...cause.failure, end } } });
}

/** What could not be killed is gone in the end. */
export function onGoneAtLast(
  context: Context,
  { run }: Extract<Lifecycle, { kind: 'failed' }>,
  event: Extract<RunEvent, { kind: 'treeGone' }>,
): Step {
  const { at } = event;
  const stopping: Stopping = {
    kind: 'stopping',
    run,
    process: undefined,
    since: at,
    cause: { kind: 'command' },
    phase: 'forced',
    next: undefined,
  };
  return finish(context, stopping, event);
}

function finish(
  context: Context,
  lifecycle: Stopping,
  event: { readonly at: number; readonly portHeldBy: readonly PortHolder[] | undefined },
): Step {
  const { state, spec } = context;
  const { run, next, cause } = lifecycle;
  const release: Effect = { kind: 'release', run };
  if (next !== undefined) return begin(context, { ...next, at: event.at });
  if (event.portHeldBy !== undefined && spec.port !== undefined) {
    const failure = { kind: 'portStillHeld', port: spec.port, holders: event.portHeldBy } as const;
    return go(state, { kind: 'failed', run, at: event.at, failure }, release);
  }
  return go(state, { kind: 'stopped', run, cause }, release);
}
