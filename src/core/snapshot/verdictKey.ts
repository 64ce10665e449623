import type { Lifecycle, Service } from '../lifecycle/state';
import type { ProbeFailure } from '../model/failure';

/** A key that stays the same while a verdict is valid: counters, and further probes with the same outcome, do not change it. */
export function verdictKey({ state: { lifecycle } }: Pick<Service, 'state'>): string {
  const health = 'health' in lifecycle && lifecycle.health.kind === 'unhealthy' ? lifecycle.health : undefined;
  const cause =
    'failure' in lifecycle ? lifecycle.failure : [health?.since, health && outcomeKey(health.last.failure), health?.evidence];
  const parts = lifecycle.kind === 'starting' || lifecycle.kind === 'running' ? [lifecycle.ended, lifecycle.question] : [];
  return JSON.stringify([lifecycle.kind, lifecycle.run, cause, ...parts, ...acceptedError(lifecycle)]);
}

/** The status of an error that the health check accepts, as it does for a path that was not tried. */
function acceptedError(lifecycle: Lifecycle): readonly number[] {
  if (!('health' in lifecycle) || lifecycle.health.kind !== 'healthy' || !lifecycle.health.last.ok) return [];
  const { status = 0 } = lifecycle.health.last;
  return status >= 400 ? [status] : [];
}

/** Without what differs from probe to probe although the outcome is the same. */
function outcomeKey(failure: ProbeFailure): unknown {
  switch (failure.kind) {
    case 'slow':
    case 'badBody':
    case 'unreachable':
    case 'containerUnhealthy':
      return failure.kind;
    case 'execFailed':
      return [failure.kind, failure.exitCode];
    default:
      return failure;
  }
}
