/** Whether the services that one depends on let it start. */
import { t } from '../wording/l10n';
import type { Dependency } from '../model/service';
import type { Lifecycle, Service, Waiting } from './state';

export type DependencyVerdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'pending'; readonly waitingFor: readonly Waiting[] }
  | { readonly kind: 'failed'; readonly id: string; readonly detail: string };

/** Judges all dependencies together: one that failed speaks first, whatever the others do. */
export function judgeDependencies(
  dependencies: readonly Dependency[],
  lookUp: (id: string) => Service | undefined,
): DependencyVerdict {
  const waitingFor: Waiting[] = [];
  for (const { id, condition } of dependencies) {
    const service = lookUp(id);
    if (service === undefined) return { kind: 'failed', id, detail: t('it is not configured') };
    const verdict = judgeOne(service.state.lifecycle, condition);
    if (verdict.kind === 'failed') return { kind: 'failed', id, detail: verdict.detail };
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

type Verdict = { kind: 'met' } | { kind: 'failed'; detail: string } | { kind: 'pending'; state: string; since: number };

const met: Verdict = { kind: 'met' };
const failed = (detail: string): Verdict => ({ kind: 'failed', detail });
const pending = (state: string, since: number): Verdict => ({ kind: 'pending', state, since });

function judgeOne(lifecycle: Lifecycle, condition: Dependency['condition']): Verdict {
  switch (lifecycle.kind) {
    case 'stopped':
      return failed(t('it was stopped'));
    case 'failed':
      // Whether it is tried again is decided with its exit code, a moment later.
      return lifecycle.awaiting === undefined ? failed(t('it failed')) : pending(t('ending'), lifecycle.at);
    case 'exited':
      return judgeExit(lifecycle, condition);
    case 'queued':
      return pending(t('waiting'), lifecycle.since);
    case 'launching': {
      const { phase, since } = lifecycle;
      return phase.kind === 'setup' ? pending(t('being set up'), since) : pending(t('starting'), since);
    }
    case 'starting':
      return condition === 'started' ? met : pending(t('starting'), lifecycle.since);
    case 'running':
    case 'external':
      return judgeRunning(lifecycle, condition);
    case 'stopping':
      return pending(t('stopping'), lifecycle.since);
    case 'backingOff':
      return pending(t('waiting to be tried again'), lifecycle.since);
  }
}

/** The exit code comes a moment after the end; until then it is unknown whether it was a success. */
function judgeExit(lifecycle: Extract<Lifecycle, { kind: 'exited' }>, condition: Dependency['condition']): Verdict {
  if (condition !== 'completed') return condition === 'started' ? met : failed(t('it ended'));
  if (lifecycle.awaiting !== undefined) return pending(t('ending'), lifecycle.at);
  if (lifecycle.exitCode === undefined) return failed(t('it exited, and its exit code is unknown'));
  return lifecycle.exitCode === 0 ? met : failed(t('it ended with code {0}', lifecycle.exitCode));
}

function judgeRunning(
  lifecycle: Extract<Lifecycle, { kind: 'running' | 'external' }>,
  condition: Dependency['condition'],
): Verdict {
  const since = lifecycle.kind === 'running' ? lifecycle.readyAt : lifecycle.since;
  if (condition === 'completed') return pending(t('running'), since);
  if (condition === 'started') return met;
  // With nothing to probe, running is all the health there is.
  const { health } = lifecycle;
  return health.kind === 'healthy' || health.kind === 'none' ? met : pending(healthWords(health.kind), since);
}

function healthWords(kind: 'unknown' | 'unhealthy' | 'reloading'): string {
  switch (kind) {
    case 'unknown':
      return t('unknown');
    case 'unhealthy':
      return t('unhealthy');
    case 'reloading':
      return t('reloading');
  }
}
