/** After an end without a request: later reports complete its cause, and decide whether to restart. The first cause wins. */
import { backoffDelay, repeatingCause } from './backoff';
import type { Effect } from './effects';
import type { RunEvent } from './events';
import type { Failure, ProcessEnd } from '../model/failure';
import { initialHealth } from '../model/health';
import type { Lifecycle, ServiceState } from './state';
import { go, stay } from './step';
import type { Context, Step } from './step';
import { onLateLine } from './lateOutput';
import { onGoneAtLast, stopLateProcess } from './stopping';

type Ended = Extract<Lifecycle, { kind: 'failed' | 'exited' }>;
type Explained = Extract<RunEvent, { kind: 'endExplained' }>;
type Crash = Extract<Failure, { kind: 'crashed' }>;

export function onEnded(context: Context, lifecycle: Ended, event: RunEvent): Step {
  const { state } = context;
  switch (event.kind) {
    case 'lastLineSeen':
      return onLateLine(context, lifecycle, event);
    case 'endExplained':
      return lifecycle.awaiting === undefined ? corrected(context, lifecycle, event) : explained(context, lifecycle, event);
    case 'leftTerminal':
      return wentToBackground(context, lifecycle, event);
    case 'treeGone':
      return lifecycle.kind === 'failed' && lifecycle.failure.kind === 'cannotStop'
        ? onGoneAtLast(context, lifecycle, event)
        : stay(state);
    case 'launched':
      return isUnconfirmed(lifecycle) ? stopLateProcess(context, event) : stay(state);
    case 'launchRefused':
    case 'setupFailed':
    case 'portTaken':
    case 'portForbidden':
      return isUnconfirmed(lifecycle) ? confirmed(state, lifecycle) : stay(state);
    case 'terminalClosed':
      // The process ended because its terminal was closed, and was noticed before the closing was.
      return isUnexplained(lifecycle) && event.at - lifecycle.at < closingDelay
        ? go(
            state,
            { kind: 'stopped', run: lifecycle.run, cause: { kind: 'terminalClosed' } },
            { kind: 'release', run: lifecycle.run },
          )
        : stay(state);
    default:
      return stay(state);
  }
}

/** It did not crash: it is followed and probed where it is now. Only while its exit is not explained: then nothing else has begun. */
function wentToBackground({ state, spec }: Context, lifecycle: Ended, event: Extract<RunEvent, { kind: 'leftTerminal' }>): Step {
  if (lifecycle.awaiting === undefined) return stay(state);
  const { run, process, startedAt } = event;
  const alive = { run, process, terminal: 'left', health: initialHealth(spec.probe) } as const;
  const next: Lifecycle =
    spec.probe === undefined
      ? { ...alive, kind: 'running', startedAt, readyAt: event.at }
      : { ...alive, kind: 'starting', since: startedAt };
  const probe: readonly Effect[] = spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 }];
  return go(state, next, { kind: 'follow', run, process, startedAt }, ...probe);
}

const isUnconfirmed = (lifecycle: Ended): boolean =>
  lifecycle.kind === 'failed' && lifecycle.failure.kind === 'launch' && lifecycle.failure.failure.kind === 'unconfirmed';

/** The cancelled launch made no process after all. */
const confirmed = (state: ServiceState, { run }: Ended): Step =>
  go(state, { kind: 'stopped', run, cause: { kind: 'command' } }, { kind: 'release', run });

/** VS Code reports a closed terminal within this time (ms) of the end of its process; a later closing only tidies up. */
const closingDelay = 1500;

/** The exit code was not reported. */
const isUnexplained = (lifecycle: Ended): boolean =>
  lifecycle.kind === 'exited'
    ? lifecycle.exitCode === undefined
    : lifecycle.failure.kind === 'crashed' && lifecycle.failure.end.exitCode === undefined;

/** The same for a service that is about to be restarted: closing its terminal cancels that. */
export function onBackingOff(
  { state }: Context,
  lifecycle: Extract<Lifecycle, { kind: 'backingOff' }>,
  event: Extract<RunEvent, { kind: 'terminalClosed' }>,
): Step {
  const { run, since, failure } = lifecycle;
  const isUnknown = failure.kind === 'crashed' && failure.end.exitCode === undefined;
  if (!isUnknown || event.at - since >= closingDelay) return stay(state);
  return go(state, { kind: 'stopped', run, cause: { kind: 'terminalClosed' } }, { kind: 'release', run });
}

/** A late report completes the reason, and starts nothing. */
function corrected({ state }: Context, lifecycle: Ended, event: Explained): Step {
  const { run, at } = lifecycle;
  const { exitCode, lastLine, interrupted } = event;
  if (!isUnexplained(lifecycle)) return stay(state);
  if (interrupted) return go(state, { kind: 'stopped', run, cause: { kind: 'ctrlC' } });
  if (exitCode === undefined) return stay(state);
  if (lifecycle.kind === 'exited' && exitCode === 0) return go(state, { kind: 'exited', run, at, exitCode });
  const end: ProcessEnd = { exitCode, ...(lastLine === undefined ? {} : { lastLine }) };
  const known = lifecycle.kind === 'failed' && lifecycle.failure.kind === 'crashed' ? lifecycle.failure : undefined;
  return go(state, { kind: 'failed', run, at, failure: { kind: 'crashed', beforeReady: false, ...known, end } });
}

function explained(context: Context, lifecycle: Ended, event: Explained): Step {
  const { run, at } = lifecycle;
  const { exitCode, lastLine, interrupted } = event;
  if (interrupted) {
    return go(context.state, { kind: 'stopped', run, cause: { kind: 'ctrlC' } }, { kind: 'release', run });
  }
  const end: ProcessEnd = { exitCode, ...(lastLine === undefined ? {} : { lastLine }) };
  const isSuccess = lifecycle.kind === 'exited' && (exitCode === undefined || exitCode === 0);
  const beforeReady = lifecycle.kind === 'failed' && lifecycle.failure.kind === 'crashed' && lifecycle.failure.beforeReady;
  const failure: Crash = { kind: 'crashed', end, beforeReady };
  if (!isSuccess) return failed(context, failure, event);
  return context.spec.restart === 'always'
    ? again(context, failure, event)
    : go(context.state, { kind: 'exited', run, at, exitCode }, { kind: 'release', run });
}

/** No blind retry of what must fail in the same way: it waits until a file is saved. */
function failed(context: Context, failure: Crash, event: Explained): Step {
  if (context.spec.restart === 'no') return giveUp(context, failure, event);
  const repeats = repeatingCause(failure.end);
  return repeats === undefined ? again(context, failure, event) : giveUp(context, { ...failure, repeats }, event);
}

function again(context: Context, failure: Failure, event: Explained): Step {
  const { state, spec } = context;
  const { inARow } = state.restarts;
  if (inARow >= spec.maxRestarts) return giveUp(context, { kind: 'gaveUp', restarts: inARow, last: failure }, event);
  const { run, at, spare } = event;
  const delay = backoffDelay(spec.backoff, inARow, spare.chance);
  return go(
    state,
    { kind: 'backingOff', run, next: spare.run, since: at, until: at + delay, failure },
    { kind: 'after', run, delay, event: { kind: 'backoffOver', run, at: at + delay } },
  );
}

const giveUp = ({ state }: Context, failure: Failure, { run, at }: Explained): Step =>
  go(state, { kind: 'failed', run, at, failure }, { kind: 'release', run }, { kind: 'showTerminal', run, when: 'failed' });
