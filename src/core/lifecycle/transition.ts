/** The reducer: state and event in, state and effects out. Pure; time comes with the events. */
import type { Effect } from './effects';
import type { Request, RunEvent, ServiceEvent } from './events';
import { defined } from '../model/defined';
import { initialHealth } from '../model/health';
import type { RestartReason } from '../model/restartReason';
import type { StopCause } from '../model/failure';
import type { Lifecycle, RunId, StartedBy } from './state';
import { onAlive } from './alive';
import { onBackingOff, onEnded } from './ended';
import { onLaunching, onQueued } from './pending';
import { onExternal } from './external';
import { onLateLine } from './lateOutput';
import { begin, countRestart, forgetRow, go, stay, withRestarts } from './step';
import type { Ask, Context, Step } from './step';
import { killAgain, onStopped, onStopping, requestStop } from './stopping';

export function transition(context: Context, event: ServiceEvent): Step {
  switch (event.kind) {
    case 'startRequested':
      return start(context, event);
    case 'stopRequested':
      return requestStop(context, { at: event.at, cause: event.cause ?? { kind: 'command' }, next: undefined });
    case 'consentRequested':
      return awaitConsent(context);
    case 'restartRequested':
      return restart(context, event);
    case 'filesChanged':
      return onFilesChanged(context, event);
    case 'adopted':
      return releaseBefore(context, event.run, adopt(context, event));
    default:
      return context.state.lifecycle.run === event.run ? onRunEvent(context, event) : stay(context.state);
  }
}

function onRunEvent(context: Context, event: RunEvent): Step {
  const { lifecycle } = context.state;
  switch (lifecycle.kind) {
    case 'queued':
      return onQueued(context, lifecycle, event);
    case 'launching':
      return onLaunching(context, lifecycle, event);
    case 'starting':
    case 'running':
      return onAlive(context, lifecycle, event);
    case 'stopping':
      return onStopping(context, lifecycle, event);
    case 'failed':
    case 'exited':
      return onEnded(context, lifecycle, event);
    case 'external':
      return onExternal(context, lifecycle, event);
    case 'backingOff':
      if (event.kind === 'terminalClosed') return onBackingOff(context, lifecycle, event);
      if (event.kind === 'lastLineSeen') return onLateLine(context, lifecycle, event);
      return event.kind === 'backoffOver' ? retry(context, lifecycle.next, event.at) : stay(context.state);
    case 'stopped':
      return onStopped(context, lifecycle, event);
  }
}

const retry = ({ state, spec }: Context, run: RunId, at: number): Step =>
  begin({ state: countRestart(state), spec }, { run, by: 'auto', at });

type Requested<K extends Request['kind']> = Extract<Request, { kind: K }>;

function start(context: Context, event: Requested<'startRequested'>): Step {
  const { state } = context;
  switch (state.lifecycle.kind) {
    case 'queued':
    case 'launching':
    case 'starting':
    case 'running':
    case 'external':
      return stay(state);
    case 'stopping':
      return go(forgetRow(state), { ...state.lifecycle, next: { run: event.run, by: event.by } });
    default:
      return beginAfresh(context, event);
  }
}

/** Only of a service that was neither started nor stopped: whoever did that has decided. */
function awaitConsent({ state }: Context): Step {
  const { lifecycle } = state;
  const isUntouched = lifecycle.kind === 'stopped' && lifecycle.cause.kind === 'never';
  return isUntouched ? go(state, { ...lifecycle, cause: { kind: 'awaitingConsent' } }) : stay(state);
}

/** Whoever asks for a start bypasses the back-off and closes the breaker. */
const byHand = ({ state, spec }: Context): Context => ({ state: forgetRow(state), spec });

function restart(context: Context, event: Requested<'restartRequested'>): Step {
  const { lifecycle } = context.state;
  const next = { run: event.run, by: event.by };
  const noted = noteReason(context, event);
  switch (lifecycle.kind) {
    case 'starting':
    case 'running':
    case 'launching':
    case 'stopping':
      return requestStop(byHand(noted), { at: event.at, cause: commandBy(event.by), next });
    case 'queued':
    case 'external':
      return stay(context.state);
    default:
      return beginAfresh(noted, event);
  }
}

const noteReason = ({ state, spec }: Context, { run, reason }: Requested<'restartRequested'>): Context =>
  reason === undefined ? { state, spec } : { state: withRestarts(state, { ...state.restarts, latest: { run, reason } }), spec };

/** A run that began after the change has read it, and a setup step may be what makes it. What was stopped stays so. */
function onFilesChanged(context: Context, { run, reason, changedAt, at }: Requested<'filesChanged'>): Step {
  const { lifecycle } = context.state;
  if (!followsFiles(lifecycle, reason) || changedAt <= (begunAt(lifecycle) ?? 0)) return stay(context.state);
  // A program's start gives no consent that an automatic one could rely on; like an automatic one, it asks nothing.
  const by = 'by' in lifecycle && typeof lifecycle.by === 'object' ? lifecycle.by : 'auto';
  return restart(context, { kind: 'restartRequested', run, by, reason, at });
}

/** A failure that a change of files may cure is over with one; so is that of what follows a service which had failed. */
const followsFiles = (lifecycle: Lifecycle, reason: RestartReason): boolean =>
  lifecycle.kind === 'starting' ||
  lifecycle.kind === 'running' ||
  lifecycle.kind === 'backingOff' ||
  (lifecycle.kind === 'launching' && lifecycle.phase.kind === 'preparing') ||
  (lifecycle.kind === 'failed' &&
    ['crashed', 'gaveUp', 'neverReady', ...(reason.kind === 'dependency' ? ['dependency'] : [])].includes(
      lifecycle.failure.kind,
    ));

/** In ms since the epoch; undefined of a run that has ended, and may have done so because of the change. */
function begunAt(lifecycle: Lifecycle): number | undefined {
  if (lifecycle.kind === 'running') return lifecycle.startedAt;
  return lifecycle.kind === 'starting' || lifecycle.kind === 'launching' ? lifecycle.since : undefined;
}

const commandBy = (by: StartedBy): StopCause => ({ kind: 'command', ...(typeof by === 'string' ? {} : { by }) });

/** Never beside what could not be stopped: that has to be gone first. */
function beginAfresh(context: Context, { run, by, at }: Ask): Step {
  const { lifecycle } = context.state;
  return lifecycle.kind === 'failed' && lifecycle.failure.kind === 'cannotStop'
    ? killAgain(byHand(context), { at, cause: { kind: 'command' }, next: { run, by } })
    : begin(byHand(context), { run, by, at });
}

/** An adopted run takes the place of one that may still have timers. */
function releaseBefore({ state }: Context, next: RunId, step: Step): Step {
  const old = state.lifecycle.run;
  if (step.state === state || old === undefined || old === next) return step;
  return { state: step.state, effects: [{ kind: 'release', run: old }, ...step.effects] };
}

/** What could not be stopped is still there: it stays in sight until it is gone. */
const isAtRest = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'failed'
    ? lifecycle.failure.kind !== 'cannotStop'
    : lifecycle.kind === 'stopped' || lifecycle.kind === 'exited';

/** A process of an earlier window that was never ready goes on starting; of any other, the first probe shows the health. */
function adopt({ state, spec }: Context, event: Requested<'adopted'>): Step {
  const { run, process, terminal, startedAt } = event;
  const by = defined({ by: event.by });
  if (!isAtRest(state.lifecycle)) return stay(state);
  const follow = { kind: 'follow', run, ...by, process, startedAt } as const;
  const health = initialHealth(spec.probe);
  const probe: readonly Effect[] = spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 }];
  const readyAt = event.readyAt ?? (spec.probe === undefined ? startedAt : undefined);
  const lifecycle: Lifecycle =
    readyAt === undefined
      ? { kind: 'starting', run, ...by, process, since: startedAt, terminal, health }
      : { kind: 'running', run, ...by, process, startedAt, readyAt, terminal, health };
  return go(state, lifecycle, follow, ...probe);
}
