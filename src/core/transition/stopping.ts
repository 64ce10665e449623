/** Stopping: asked first, forced after the grace period, said to be stopped only when every process is gone. */
import type { Effect } from '../effects';
import type { RunEvent } from '../events';
import type { StopCause } from '../failure';
import type { ServiceSpec } from '../service';
import type { Lifecycle, RunId, StartedBy } from '../state';
import { begin, go, stay } from './step';
import type { Context, Step } from './step';

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
      const { run, blockedBy } = lifecycle;
      // Nothing is under way while a question about its port is open.
      if (blockedBy !== undefined && next === undefined)
        return go(state, { kind: 'stopped', run, cause }, { kind: 'release', run });
      return go(state, { kind: 'stopping', run, process: undefined, since: at, cause, phase: 'asked', next });
    }
    case 'stopping':
      return go(state, { ...lifecycle, next });
    case 'queued':
    case 'backingOff':
      return go(state, { kind: 'stopped', run: lifecycle.run, cause }, { kind: 'release', run: lifecycle.run });
    case 'external':
      return go(state, { kind: 'stopped', run: lifecycle.run, cause }, { kind: 'release', run: lifecycle.run });
    case 'stopped':
    case 'exited':
    case 'failed':
      return stay(state);
  }
}

const ask = (run: RunId, spec: ServiceSpec): readonly Effect[] => [
  { kind: 'stopProbing', run },
  { kind: 'interrupt', run, signal: spec.stopSignal, command: spec.stopCommand },
  { kind: 'awaitGone', run },
  { kind: 'after', run, delay: spec.stopGracePeriod, event: { kind: 'graceOver', run } },
];

export function onStopping(context: Context, lifecycle: Stopping, event: RunEvent): Step {
  const { state, spec } = context;
  const { run } = lifecycle;
  switch (event.kind) {
    case 'launched':
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
      return finish(context, lifecycle, { at: event.at, portHeldBy: undefined });
    case 'graceOver':
      return go(state, { ...lifecycle, phase: 'forced' }, { kind: 'kill', run });
    case 'treeKilled':
      return killed(context, lifecycle, event);
    case 'treeGone':
      return finish(context, lifecycle, event);
    default:
      return stay(state);
  }
}

function killed({ state, spec }: Context, lifecycle: Stopping, event: Extract<RunEvent, { kind: 'treeKilled' }>): Step {
  const { run } = lifecycle;
  if (event.left.length > 0) {
    const failure = { kind: 'cannotStop', pids: event.left, detail: event.why ?? 'it does not react to a kill' } as const;
    return go(state, { kind: 'failed', run, at: event.at, failure }, { kind: 'release', run });
  }
  // Nobody had to be killed: the last one left by itself just now.
  if (event.killed.length === 0) return stay(state);
  const cause: StopCause = { kind: 'forced', graceMs: spec.stopGracePeriod, signal: spec.stopSignal, pids: event.killed };
  return go(state, { ...lifecycle, cause });
}

function finish(
  context: Context,
  lifecycle: Stopping,
  event: { readonly at: number; readonly portHeldBy: string | undefined },
): Step {
  const { state, spec } = context;
  const { run, next, cause } = lifecycle;
  const release: Effect = { kind: 'release', run };
  if (next !== undefined) return begin(context, { ...next, at: event.at });
  if (event.portHeldBy !== undefined && spec.port !== undefined) {
    const failure = { kind: 'portStillHeld', port: spec.port, owner: event.portHeldBy } as const;
    return go(state, { kind: 'failed', run, at: event.at, failure }, release);
  }
  return go(state, { kind: 'stopped', run, cause }, release);
}
