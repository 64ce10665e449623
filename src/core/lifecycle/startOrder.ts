/** Whether the services that one depends on let it start. */
import type { DependencyProblem, WaitingState } from '../model/dependency';
import type { Dependency } from '../model/service';
import type { Lifecycle, Service, Waiting } from './state';

export type DependencyVerdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'pending'; readonly waitingFor: readonly Waiting[] }
  | { readonly kind: 'failed'; readonly id: string; readonly problem: DependencyProblem };

/** Judges all dependencies together: one that failed speaks first, whatever the others do. */
export function judgeDependencies(
  dependencies: readonly Dependency[],
  lookUp: (id: string) => Service | undefined,
): DependencyVerdict {
  const waitingFor: Waiting[] = [];
  for (const { id, condition } of dependencies) {
    const service = lookUp(id);
    if (service === undefined) return { kind: 'failed', id, problem: { kind: 'notConfigured' } };
    const verdict = judgeOne(service.state.lifecycle, condition);
    if (verdict.kind === 'failed') return { kind: 'failed', id, problem: verdict.problem };
    if (verdict.kind === 'pending') waitingFor.push({ id, state: verdict.state, since: verdict.since });
  }
  return waitingFor.length === 0 ? { kind: 'met' } : { kind: 'pending', waitingFor };
}

/**
 * The services that wait for one another and so for ever: from `start` through the ones it waits for back to itself. The
 * check of one services.json cannot see a circle that runs through several folders.
 */
export function waitingCircle(start: string, lookUp: (id: string) => Service | undefined): readonly string[] | undefined {
  const seen = new Set<string>();
  const paths: string[][] = [[start]];
  for (const path of paths) {
    const service = lookUp(path.at(-1) ?? start);
    if (service?.state.lifecycle.kind !== 'queued') continue;
    for (const { id } of service.spec.dependsOn) {
      if (id === start) return [...path, start];
      if (!seen.has(id)) paths.push([...path, id]);
      seen.add(id);
    }
  }
  return undefined;
}

type Verdict =
  { kind: 'met' } | { kind: 'failed'; problem: DependencyProblem } | { kind: 'pending'; state: WaitingState; since: number };

const met: Verdict = { kind: 'met' };
const failed = (problem: DependencyProblem): Verdict => ({ kind: 'failed', problem });
const pending = (state: WaitingState, since: number): Verdict => ({ kind: 'pending', state, since });

function judgeOne(lifecycle: Lifecycle, condition: Dependency['condition']): Verdict {
  switch (lifecycle.kind) {
    case 'stopped':
      return failed({ kind: 'stopped' });
    case 'failed':
      // Whether it is tried again is decided with its exit code, a moment later.
      return lifecycle.awaiting === undefined ? failed({ kind: 'failed' }) : pending('ending', lifecycle.at);
    case 'exited':
      return judgeExit(lifecycle, condition);
    case 'queued':
      return pending('waiting', lifecycle.since);
    case 'launching': {
      const { phase, since } = lifecycle;
      return pending(phase.kind === 'setup' ? 'beingSetUp' : 'starting', since);
    }
    case 'starting':
      return condition === 'started' ? met : pending('starting', lifecycle.since);
    case 'running':
    case 'external':
      return judgeRunning(lifecycle, condition);
    case 'stopping':
      return pending('stopping', lifecycle.since);
    case 'backingOff':
      return pending('backingOff', lifecycle.since);
  }
}

/** The exit code comes a moment after the end; until then it is unknown whether it was a success. */
function judgeExit(lifecycle: Extract<Lifecycle, { kind: 'exited' }>, condition: Dependency['condition']): Verdict {
  if (condition !== 'completed') return condition === 'started' ? met : failed({ kind: 'exited' });
  if (lifecycle.awaiting !== undefined) return pending('ending', lifecycle.at);
  const { exitCode } = lifecycle;
  return exitCode === 0 ? met : failed({ kind: 'notCompleted', ...(exitCode !== undefined && { exitCode }) });
}

function judgeRunning(
  lifecycle: Extract<Lifecycle, { kind: 'running' | 'external' }>,
  condition: Dependency['condition'],
): Verdict {
  const since = lifecycle.kind === 'running' ? lifecycle.readyAt : lifecycle.since;
  if (condition === 'completed') return pending('running', since);
  if (condition === 'started') return met;
  // With nothing to probe, running is all the health there is.
  const { health } = lifecycle;
  return health.kind === 'healthy' || health.kind === 'none' ? met : pending(health.kind, since);
}
