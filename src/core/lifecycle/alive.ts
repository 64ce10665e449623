/** While the process lives: readiness, health, reloads, and the end without a request. */
import type { Effect } from './effects';
import type { RunEvent } from './events';
import { defined } from '../model/defined';
import { afterJump, isAnswer, isPreparing, judge, reloading, workerDead } from '../model/health';
import type { Health, ProbeOutcome } from '../model/health';
import { nextProbe } from '../model/probePace';
import type { ServiceSpec } from '../model/service';
import type { Lifecycle } from './state';
import { whenStable } from './pending';
import { countRestart, forgetRow, go, stay } from './step';
import type { Context, Step } from './step';
import { requestStop } from './stopping';

type Alive = Extract<Lifecycle, { kind: 'starting' | 'running' }>;
type Of<K extends RunEvent['kind']> = Extract<RunEvent, { kind: K }>;

export function onAlive(context: Context, lifecycle: Alive, event: RunEvent): Step {
  const { state } = context;
  switch (event.kind) {
    case 'probed':
      return probed(context, lifecycle, event);
    case 'readyLineSeen':
      return lifecycle.kind === 'starting'
        ? enter(context, lifecycle, ready(lifecycle, lifecycle.health, event.at))
        : stay(state);
    case 'reloadSeen':
      return reload(context, lifecycle, event);
    case 'errorSeen':
      return errorSeen(context, lifecycle, event);
    case 'addressSeen':
      return addressSeen(context, lifecycle, event);
    case 'partsSeen':
      return partsSeen(context, lifecycle, event);
    case 'questionSeen':
      return questionSeen(context, lifecycle, event);
    case 'hangInspected':
      return hangInspected(context, lifecycle, event);
    case 'unhealthyTooLong':
      return unhealthyTooLong(context, lifecycle, event);
    case 'timeJumped':
      return go(state, { ...lifecycle, health: afterJump(lifecycle.health, event.at), graceSince: event.at });
    case 'debuggerPaused':
      return go(state, { ...lifecycle, paused: 'debugger' });
    case 'debuggerResumed':
      return resumed(context, lifecycle, event);
    case 'stable':
      return stable(context, lifecycle);
    case 'terminalLost':
      return go(state, { ...lifecycle, terminal: 'lost' });
    case 'terminalFound':
      return go(state, { ...lifecycle, terminal: 'attached' });
    case 'terminalClosed':
      // The terminal of a process that is in the background now only shows how it got there.
      return lifecycle.terminal === 'left'
        ? stay(state)
        : requestStop(context, { at: event.at, cause: { kind: 'terminalClosed' }, next: undefined });
    case 'processGone':
      return ended(context, lifecycle, event);
    default:
      return stay(state);
  }
}

const ready = (from: Extract<Alive, { kind: 'starting' }>, health: Health, at: number): Alive => ({
  kind: 'running',
  run: from.run,
  process: from.process,
  startedAt: from.since,
  readyAt: at,
  terminal: from.terminal,
  health,
  ...defined({
    by: from.by,
    graceSince: from.graceSince,
    printedPort: from.printedPort,
    question: from.question,
    ended: from.ended,
    paused: from.paused,
  }),
});

/** Goes to the next state, with what its being ready or unhealthy for the first time brings. */
function enter({ state, spec }: Context, from: Alive, to: Alive, ...effects: Effect[]): Step {
  // Nearly every probe finds what the one before has found.
  if (from.kind === to.kind && to.health.kind !== 'unhealthy') return go(state, to, ...effects);
  const becameReady: readonly Effect[] =
    from.kind === 'starting' && to.kind === 'running'
      ? [{ kind: 'noteReady', run: to.run, at: to.readyAt }, ...whenStable(state.restarts.inARow, to.run, spec)]
      : [];
  return go(state, to, ...effects, ...becameReady, ...onUnhealthy(spec, from, to));
}

/** It is looked at when it begins to hang, and watched from when it became unhealthy, for whatever reason. */
function onUnhealthy(spec: ServiceSpec, from: Alive, { run, health }: Alive): readonly Effect[] {
  if (health.kind !== 'unhealthy') return [];
  const before = from.health.kind === 'unhealthy' ? from.health : undefined;
  const limit = spec.restartUnhealthyAfter;
  const hangs = health.last.failure.kind === 'noAnswer' && before?.last.failure.kind !== 'noAnswer';
  const effects: Effect[] = hangs ? [{ kind: 'inspectHang', run }] : [];
  if (limit !== undefined && before?.since !== health.since)
    effects.push({ kind: 'watchUnhealthy', run, delay: limit, since: health.since });
  return effects;
}

/** Being up is not enough: one that is unhealthy, or not known to be well, is looked at again later. */
function stable({ state, spec }: Context, { run, health }: Alive): Step {
  const isWell = health.kind === 'healthy' || health.kind === 'none';
  return isWell ? stay(forgetRow(state)) : { state, effects: whenStable(state.restarts.inARow, run, spec) };
}

/** What is held still cannot respond: that says nothing about its health. */
const isHeld = ({ paused }: Alive, { ok }: ProbeOutcome): boolean => paused !== undefined && !ok;

function probed(context: Context, lifecycle: Alive, { run, outcome }: Of<'probed'>): Step {
  const { state, spec } = context;
  if (spec.probe === undefined) return stay(state);
  if (isHeld(lifecycle, outcome))
    return { state, effects: [{ kind: 'probe', run, ...nextProbe(lifecycle.health, spec.probe, undefined) }] };
  // What prepares its container takes nothing of its time to start.
  const graceSince = lifecycle.kind === 'starting' && isPreparing(outcome) ? outcome.at : lifecycle.graceSince;
  // Its ready line may come before its port is open: until the first verdict it goes on being asked as one that starts.
  const since = graceSince ?? (lifecycle.kind === 'starting' ? lifecycle.since : lifecycle.startedAt);
  const waited = lifecycle.health.kind === 'unknown' ? Math.max(0, outcome.at - since) : undefined;
  const inGrace = waited !== undefined && (waited < spec.probe.startPeriod || graceSince === outcome.at);
  const health = judge(lifecycle.health, outcome, spec.probe, inGrace ? 'successesOnly' : 'all');
  const decided = health.kind === 'healthy' || health.kind === 'unhealthy';
  const next =
    lifecycle.kind === 'starting' && decided ? ready(lifecycle, health, outcome.at) : withHealth(lifecycle, health, graceSince);
  const stillWaiting = health.kind === 'unknown' ? waited : undefined;
  return enter(context, lifecycle, next, { kind: 'probe', run, ...nextProbe(health, spec.probe, stillWaiting) });
}

const withHealth = (lifecycle: Alive, health: Health, graceSince: number | undefined): Alive =>
  graceSince === undefined ? { ...lifecycle, health } : { ...lifecycle, health, graceSince };

/** It is judged again from the beginning: what failed meanwhile does not count, and the probe under way began while it was held. */
function resumed({ state, spec }: Context, lifecycle: Alive, { run, at }: Of<'debuggerResumed'>): Step {
  const { paused, ...rest } = lifecycle;
  if (paused === undefined) return stay(state);
  const effects: readonly Effect[] = spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 }];
  return go(state, { ...rest, health: afterJump(rest.health, at), graceSince: at }, ...effects);
}

/** Each of our own failed probes has left one connection behind: those are no evidence. */
function hangInspected({ state }: Context, lifecycle: Alive, { evidence }: Of<'hangInspected'>): Step {
  const { health } = lifecycle;
  if (health.kind !== 'unhealthy' || health.last.failure.kind !== 'noAnswer') return stay(state);
  const closeWait = Math.max(0, evidence.closeWait - health.streak.failures);
  return go(state, { ...lifecycle, health: { ...health, evidence: { ...evidence, closeWait } } });
}

/** While it starts, a reload is part of the start. */
function reload(context: Context, lifecycle: Alive, { run, at }: Of<'reloadSeen'>): Step {
  if (lifecycle.kind === 'starting' || context.spec.probe === undefined) return stay(context.state);
  return enter(context, lifecycle, { ...lifecycle, health: reloading(lifecycle.health, at) }, { kind: 'probe', run, delay: 100 });
}

/**
 * A server may log errors all day; only within a reload, or by the reloader's own words, does one mean a dead worker. One that has
 * answered since the reload is not dead.
 */
function errorSeen(context: Context, lifecycle: Alive, { line, final, at }: Of<'errorSeen'>): Step {
  const { health: before } = lifecycle;
  const hasAnswered = before.kind === 'reloading' && before.last !== undefined && isAnswer(before.last);
  const means = (before.kind === 'reloading' && !hasAnswered) || (final && before.kind !== 'none');
  if (!means) return stay(context.state);
  const health = workerDead(lifecycle.health, line, at);
  return enter(context, lifecycle, lifecycle.kind === 'starting' ? ready(lifecycle, health, at) : { ...lifecycle, health });
}

function addressSeen({ state, spec }: Context, lifecycle: Alive, { run, port }: Of<'addressSeen'>): Step {
  // A server in a container names its port inside.
  if (spec.compose !== undefined) return stay(state);
  if (spec.port === undefined || port === spec.port || lifecycle.printedPort === port) return stay(state);
  return go(state, { ...lifecycle, printedPort: port }, { kind: 'offerPort', run, port });
}

function partsSeen({ state }: Context, lifecycle: Alive, event: Of<'partsSeen'>): Step {
  const parts = event.ended.length === 0 ? undefined : event.ended;
  if (parts === undefined && lifecycle.ended === undefined) return stay(state);
  const { ended: _, ...rest } = lifecycle;
  return go(state, { ...rest, ...defined({ ended: parts }) });
}

function questionSeen({ state }: Context, lifecycle: Alive, { question }: Of<'questionSeen'>): Step {
  if (question === lifecycle.question) return stay(state);
  const { question: _, ...rest } = lifecycle;
  return go(state, { ...rest, ...defined({ question }) });
}

/** Nothing is restarted under a debugger's hands, and never more often than `maxRestarts` allows. */
function unhealthyTooLong(context: Context, lifecycle: Alive, event: Of<'unhealthyTooLong'>): Step {
  const { state, spec } = context;
  const { health, run } = lifecycle;
  const limit = spec.restartUnhealthyAfter;
  if (limit === undefined || health.kind !== 'unhealthy' || health.since !== event.since) return stay(state);
  if (event.paused) return { state, effects: [{ kind: 'watchUnhealthy', run, delay: limit, since: event.since }] };
  if (state.restarts.inARow >= spec.maxRestarts) return stay(state);
  const next = { run: event.spare.run, by: 'auto' } as const;
  return requestStop({ state: countRestart(state), spec }, { at: event.at, cause: { kind: 'unhealthyTooLong', limit }, next });
}

/**
 * A server that ends without a request has failed, whatever its exit code says: VS Code reports 0 for a SIGKILL (seen on 1.139.1).
 * A service with nothing to probe may be one that runs to its end; its exit code, which comes later, decides.
 */
function ended({ state, spec }: Context, lifecycle: Alive, event: Of<'processGone'>): Step {
  const { run, at } = event;
  const after: Effect[] = [
    { kind: 'stopProbing', run },
    { kind: 'awaitExplanation', run },
  ];
  if (!isServer(spec)) return go(state, { kind: 'exited', run, at, exitCode: undefined, awaiting: 'explanation' }, ...after);
  const end = { exitCode: undefined, ...(event.lastLine === undefined ? {} : { lastLine: event.lastLine }) };
  const failure = { kind: 'crashed', end, beforeReady: lifecycle.kind === 'starting' } as const;
  return go(state, { kind: 'failed', run, at, failure, awaiting: 'explanation' }, { kind: 'sweep', run }, ...after);
}

/** A service that listens, or says when it is ready, is meant to stay up. */
const isServer = (spec: ServiceSpec): boolean =>
  spec.probe !== undefined || spec.readyLine !== undefined || spec.role === 'backend' || spec.role === 'frontend';
