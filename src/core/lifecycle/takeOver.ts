/** Continues what another window supervised until now: its timers, probes and watches ended with it, the service did not. */
import type { Effect } from './effects';
import { defined } from '../model/defined';
import type { ProcessIdentity } from '../model/process';
import type { ServiceSpec } from '../model/service';
import { onLaunching, whenStable } from './pending';
import type { Lifecycle, ServiceState } from './state';
import { go, stay } from './step';
import type { Context, Step } from './step';
import { ask, onGoneAtLast, onStopping } from './stopping';

type Of<K extends Lifecycle['kind']> = Extract<Lifecycle, { kind: K }>;

/** What is known of the processes of the service at the moment of the takeover. */
export interface Found {
  /** A living process of the run whose launch was under way, or of one that could not be stopped. */
  readonly process: ProcessIdentity | undefined;
  /** ms since the epoch */
  readonly at: number;
}

/** What is shown stays as it is: a state changes only when something is learned that the other window did not know. */
export function takeOver(context: Context, found: Found): Step {
  const { state, spec } = context;
  const { lifecycle } = state;
  switch (lifecycle.kind) {
    case 'starting':
    case 'running':
      return { state: unpaused(state, lifecycle), effects: whileAlive(state, lifecycle, spec) };
    case 'stopping':
      return stopping(context, lifecycle, found);
    case 'launching':
      return launching(context, lifecycle, found);
    case 'queued':
      return { state, effects: [{ kind: 'awaitDependencies', run: lifecycle.run }] };
    case 'backingOff': {
      const { run, until } = lifecycle;
      const delay = Math.max(0, until - found.at);
      return { state, effects: [{ kind: 'after', run, delay, event: { kind: 'backoffOver', run, at: found.at + delay } }] };
    }
    case 'external': {
      const { run, process } = lifecycle;
      return { state, effects: [{ kind: 'watch', run, process }, ...probeAtOnce(run, spec)] };
    }
    case 'failed':
      return lifecycle.failure.kind === 'cannotStop' ? resisting(context, lifecycle, found) : unexplained(state, lifecycle);
    case 'exited':
      return unexplained(state, lifecycle);
    case 'stopped':
      return stay(state);
  }
}

/** The debugger was one of the other window, and has ended with it. */
function unpaused(state: ServiceState, lifecycle: Of<'starting' | 'running'>): ServiceState {
  const { paused, ...rest } = lifecycle;
  return paused === undefined ? state : { ...state, lifecycle: rest };
}

/** A process that ended meanwhile is reported by the watch as soon as it begins. */
function whileAlive({ restarts }: ServiceState, lifecycle: Of<'starting' | 'running'>, spec: ServiceSpec): readonly Effect[] {
  const { run, process, health } = lifecycle;
  const startedAt = lifecycle.kind === 'starting' ? lifecycle.since : lifecycle.startedAt;
  const limit = spec.restartUnhealthyAfter;
  const effects: Effect[] = [
    { kind: 'follow', run, ...defined({ by: lifecycle.by }), process, startedAt },
    ...probeAtOnce(run, spec),
  ];
  if (lifecycle.kind === 'running') {
    effects.push({ kind: 'noteReady', run, at: lifecycle.readyAt }, ...whenStable(restarts.inARow, run, spec));
  }
  if (health.kind === 'unhealthy' && limit !== undefined) {
    effects.push({ kind: 'watchUnhealthy', run, delay: limit, since: health.since });
  }
  return effects;
}

const probeAtOnce = (run: string, spec: ServiceSpec): readonly Effect[] =>
  spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 }];

/** The wish to stop outlives the window in which it was made. */
function stopping(context: Context, lifecycle: Of<'stopping'>, { process, at }: Found): Step {
  const { state, spec } = context;
  const { run, since, phase } = lifecycle;
  const known = lifecycle.process ?? (phase === 'forced' ? process : undefined);
  if (known !== undefined) {
    const follow = { kind: 'follow', run, process: known, startedAt: since } as const;
    const rest: readonly Effect[] =
      phase === 'asked'
        ? ask(run, spec)
        : [
            { kind: 'kill', run },
            { kind: 'awaitGone', run },
          ];
    return { state, effects: [follow, ...rest] };
  }
  if (phase === 'forced') return onStopping(context, lifecycle, { kind: 'treeGone', run, portHeldBy: undefined, at });
  return onStopping(
    context,
    lifecycle,
    process === undefined
      ? { kind: 'launchRefused', run, failure: { kind: 'abandoned' }, at }
      : { kind: 'launched', run, process, at },
  );
}

/** Launched once: a process that carries the run is its process; without one the launch begins again as the same run. */
function launching(context: Context, lifecycle: Of<'launching'>, { process, at }: Found): Step {
  const { run, by } = lifecycle;
  if (process !== undefined) return onLaunching(context, lifecycle, { kind: 'launched', run, process, at });
  return go(context.state, { ...lifecycle, phase: { kind: 'preparing' } }, { kind: 'launch', run, by });
}

function resisting(context: Context, lifecycle: Of<'failed'>, { process, at }: Found): Step {
  const { run } = lifecycle;
  if (process === undefined) {
    return onGoneAtLast(context, lifecycle, { kind: 'treeGone', run, portHeldBy: undefined, at });
  }
  const follow = { kind: 'follow', run, process, startedAt: lifecycle.at } as const;
  return { state: context.state, effects: [follow, { kind: 'awaitGone', run }] };
}

/** The exit code is not reported to another window: what is left of the wait ends without it. */
const unexplained = (state: ServiceState, lifecycle: Of<'exited' | 'failed'>): Step =>
  lifecycle.awaiting === undefined ? stay(state) : { state, effects: [{ kind: 'awaitExplanation', run: lifecycle.run }] };
