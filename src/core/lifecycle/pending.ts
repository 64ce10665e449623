/** Before there is a process: waiting for dependencies, looking at the port, being launched. */
import type { Effect } from './effects';
import type { RunEvent } from './events';
import type { Failure } from '../model/failure';
import { initialHealth } from '../model/health';
import type { PortOwner } from '../model/process';
import type { ServiceSpec } from '../model/service';
import type { Lifecycle, ServiceState, StartedBy, Waiting } from './state';
import { watchExternal } from './external';
import { go, stay } from './step';
import type { Context, Step } from './step';
import { requestStop } from './stopping';

type Queued = Extract<Lifecycle, { kind: 'queued' }>;
type Launching = Extract<Lifecycle, { kind: 'launching' }>;
type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

export function onQueued({ state }: Context, lifecycle: Queued, event: RunEvent): Step {
  const { run, by } = lifecycle;
  switch (event.kind) {
    case 'dependenciesPending':
      if (isSame(lifecycle.waitingFor, event.waitingFor)) return stay(state);
      return go(state, { ...lifecycle, waitingFor: event.waitingFor });
    case 'dependenciesMet':
      return go(
        state,
        { kind: 'launching', run, by, since: event.at, phase: { kind: 'preparing' } },
        { kind: 'launch', run, by },
      );
    case 'dependencyFailed': {
      const { id, problem, at } = event;
      return go(state, { kind: 'failed', run, at, failure: { kind: 'dependency', id, problem } }, { kind: 'release', run });
    }
    default:
      return stay(state);
  }
}

/** Each change of a dependency is judged, and most of them change nothing here. */
const isSame = (before: readonly Waiting[], now: readonly Waiting[]): boolean =>
  before.length === now.length &&
  now.every(({ id, state, since }, index) => {
    const other = before[index];
    return other?.id === id && other.state === state && other.since === since;
  });

export function onLaunching(context: Context, lifecycle: Launching, event: RunEvent): Step {
  const { state, spec } = context;
  switch (event.kind) {
    case 'launchRefused':
      return refuse(context, lifecycle, { kind: 'launch', failure: event.failure }, event.at);
    case 'setupStepStarted':
    case 'setupDone':
      return onSetup(context, lifecycle, event);
    case 'setupFailed':
      return setupFailed(context, lifecycle, event);
    case 'portClosing':
      return lifecycle.phase.kind === 'preparing'
        ? go(state, { ...lifecycle, phase: { kind: 'portClosing', port: event.port } })
        : stay(state);
    case 'portForbidden':
      return refuse(context, lifecycle, { kind: 'portForbidden', port: spec.port ?? 0, why: event.why }, event.at);
    case 'portTaken':
      return onPortTaken(context, lifecycle, event);
    case 'portMoved':
      return portMoved(state, lifecycle, event);
    case 'portAnswered':
      return onPortAnswered(context, lifecycle, event);
    case 'launched':
      return launched(context, lifecycle.by, event);
    case 'terminalClosed':
      return requestStop(context, { at: event.at, cause: { kind: 'terminalClosed' }, next: undefined });
    default:
      return stay(state);
  }
}

/** A run has one configuration, so this is another one. */
const portMoved = (state: ServiceState, { run, by, since }: Launching, { next }: Of<'portMoved'>): Step =>
  go(
    state,
    { kind: 'launching', run: next, by, since, phase: { kind: 'preparing' } },
    { kind: 'release', run },
    { kind: 'launch', run: next, by },
  );

const refuse = ({ state }: Context, { run }: Launching, failure: Failure, at: number): Step =>
  go(state, { kind: 'failed', run, at, failure }, { kind: 'release', run });

/** While the question about its port is open, nothing goes on. */
function onSetup({ state }: Context, lifecycle: Launching, event: Of<'setupStepStarted' | 'setupDone'>): Step {
  if (lifecycle.phase.kind === 'blocked') return stay(state);
  if (event.kind === 'setupDone') return go(state, { ...lifecycle, phase: { kind: 'preparing' } });
  const { name, number, of, at } = event;
  return go(state, { ...lifecycle, phase: { kind: 'setup', step: { name, number, of, since: at } } });
}

/** Whatever `restart` says: what failed before the service ran fails again until something is changed. */
function setupFailed(context: Context, lifecycle: Launching, { step, cause, at }: Of<'setupFailed'>): Step {
  const failed = refuse(context, lifecycle, { kind: 'setup', step, cause }, at);
  return { ...failed, effects: [...failed.effects, { kind: 'showSetup', run: lifecycle.run }] };
}

/** What is left over from an earlier run of the service may be ended without a question; every other process needs consent for its pid. */
function onPortTaken(context: Context, lifecycle: Launching, event: Of<'portTaken'>): Step {
  const { state, spec } = context;
  const { owners, at } = event;
  const { run, by } = lifecycle;
  const [first] = owners;
  if (lifecycle.phase.kind === 'blocked') return stay(state);
  const allLeftOver = owners.length > 0 && owners.every(({ origin }) => origin.kind === 'leftOver');
  // Once: something else starts again what comes back after it was ended.
  const mayEnd = allLeftOver && lifecycle.ending === undefined;
  const isEditor = owners.some(({ origin }) => origin.kind === 'editor');
  // A service has its own row: it is not monitored in another one as well.
  const mayWatch = first !== undefined && first.origin.kind !== 'service';
  if (spec.onPortConflict === 'adopt' && mayWatch) return watchExternal(context, run, first, at);
  if (spec.onPortConflict === 'stop' && mayEnd) return freePort(context, lifecycle, owners);
  if (spec.onPortConflict === 'fail' || by !== 'user' || first === undefined || isEditor)
    return refuse(context, lifecycle, taken(spec, owners), at);
  return go(state, { ...lifecycle, phase: { kind: 'blocked', owners } }, { kind: 'askAboutPort', run, owners });
}

function onPortAnswered(context: Context, lifecycle: Launching, event: Of<'portAnswered'>): Step {
  const { state } = context;
  const owners = lifecycle.phase.kind === 'blocked' ? lifecycle.phase.owners : [];
  const [first] = owners;
  if (first === undefined) return stay(state);
  if (event.answer === 'adopt' && first.origin.kind !== 'service') return watchExternal(context, lifecycle.run, first, event.at);
  if (event.answer === 'stop') return freePort(context, lifecycle, owners);
  return requestStop(context, { at: event.at, cause: { kind: 'command' }, next: undefined });
}

/** From here on the launch is under way again, without a question. */
const freePort = ({ state }: Context, { run, by, since }: Launching, owners: readonly PortOwner[]): Step =>
  go(
    state,
    { kind: 'launching', run, by, since, phase: { kind: 'preparing' }, ending: owners },
    { kind: 'freePort', run, owners, by },
  );

const taken = ({ port }: ServiceSpec, owners: readonly PortOwner[]): Failure => ({
  kind: 'portTaken',
  port: port ?? 0,
  owners,
});

function launched({ state, spec }: Context, by: StartedBy, event: Of<'launched'>): Step {
  const { run, process, at } = event;
  const health = initialHealth(spec.probe);
  const readyLine = spec.readyLine !== undefined && event.output === 'unread' ? { readyLine: event.output } : {};
  const lifecycle: Lifecycle = isReadyAtOnce(spec, event)
    ? { kind: 'running', run, by, process, startedAt: at, readyAt: at, terminal: 'attached', health, ...readyLine }
    : { kind: 'starting', run, by, process, since: at, terminal: 'attached', health };
  return go(
    state,
    lifecycle,
    { kind: 'follow', run, by, process, startedAt: at },
    { kind: 'showTerminal', run, when: 'started' },
    ...(spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 } as const]),
    ...(lifecycle.kind === 'running' ? whenStable(state.restarts.inARow, run, spec) : []),
  );
}

/** With nothing to wait for, a service is ready as soon as it runs. A line that cannot be read is not waited for. */
const isReadyAtOnce = ({ probe, readyLine }: ServiceSpec, { output }: Of<'launched'>): boolean =>
  probe === undefined && (readyLine === undefined || output === 'unread');

/** After a restart, a run that stays up long enough closes the breaker again. */
export const whenStable = (inARow: number, run: string, { backoff }: ServiceSpec): readonly Effect[] =>
  inARow === 0 ? [] : [{ kind: 'after', run, delay: backoff.resetAfter, event: { kind: 'stable', run } }];
