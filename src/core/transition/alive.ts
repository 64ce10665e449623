/** While the process lives: readiness, health, and the end that nobody asked for. */
import type { RunEvent } from '../events';
import { judge, nextProbeDelay } from '../health';
import type { Health } from '../health';
import type { ServiceSpec } from '../service';
import type { Lifecycle } from '../state';
import { go, stay } from './step';
import type { Context, Step } from './step';
import { requestStop } from './stopping';

type Alive = Extract<Lifecycle, { kind: 'starting' | 'running' }>;

export function onAlive(context: Context, lifecycle: Alive, event: RunEvent): Step {
  const { state } = context;
  switch (event.kind) {
    case 'probed':
      return probed(context, lifecycle, event);
    case 'readyLineSeen':
      return lifecycle.kind === 'starting' ? go(state, ready(lifecycle, lifecycle.health, event.at)) : stay(state);
    case 'terminalLost':
      return go(state, { ...lifecycle, terminal: 'lost' });
    case 'terminalFound':
      return go(state, { ...lifecycle, terminal: 'attached' });
    case 'terminalClosed':
      return requestStop(context, { at: event.at, cause: { kind: 'terminalClosed' }, next: undefined });
    case 'processGone':
      return ended(context, lifecycle, event);
    default:
      return stay(state);
  }
}

const ready = (from: Extract<Alive, { kind: 'starting' }>, health: Health, at: number): Lifecycle => ({
  kind: 'running',
  run: from.run,
  process: from.process,
  startedAt: from.since,
  readyAt: at,
  terminal: from.terminal,
  health,
});

function probed({ state, spec }: Context, lifecycle: Alive, { run, outcome }: Extract<RunEvent, { kind: 'probed' }>): Step {
  if (spec.probe === undefined) return stay(state);
  const waited = lifecycle.kind === 'starting' ? outcome.at - lifecycle.since : undefined;
  const inGrace = waited !== undefined && waited < spec.probe.startPeriod;
  const health = judge(lifecycle.health, outcome, spec.probe, inGrace ? 'successesOnly' : 'all');
  const decided = health.kind === 'healthy' || health.kind === 'unhealthy';
  const next: Lifecycle =
    lifecycle.kind === 'starting' && decided ? ready(lifecycle, health, outcome.at) : { ...lifecycle, health };
  const stillWaiting = next.kind === 'starting' ? waited : undefined;
  return go(state, next, { kind: 'probe', run, delay: nextProbeDelay(health, spec.probe, stillWaiting) });
}

/**
 * A server that ends by itself has failed, whatever its exit code says: VS Code reports 0 for a SIGKILL (seen on 1.139.1).
 * A service with nothing to probe may be one that runs to its end; its exit code, which comes later, decides.
 */
function ended({ state, spec }: Context, lifecycle: Alive, event: Extract<RunEvent, { kind: 'processGone' }>): Step {
  const { run, at } = event;
  if (!isServer(spec)) return go(state, { kind: 'exited', run, at, exitCode: undefined }, { kind: 'release', run });
  const end = { exitCode: undefined, ...(event.lastLine === undefined ? {} : { lastLine: event.lastLine }) };
  return go(
    state,
    { kind: 'failed', run, at, failure: { kind: 'crashed', end, beforeReady: lifecycle.kind === 'starting' } },
    { kind: 'stopProbing', run },
    { kind: 'sweep', run },
    { kind: 'release', run },
    { kind: 'showTerminal', run, when: 'failed' },
  );
}

/** A service that listens, or says when it is ready, is meant to stay up. */
export const isServer = (spec: ServiceSpec): boolean =>
  spec.probe !== undefined || spec.readyLine !== undefined || spec.role === 'backend' || spec.role === 'frontend';
