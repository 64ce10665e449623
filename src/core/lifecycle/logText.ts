/** States and events in short phrases for the log. */
import type { ServiceEvent } from './events';
import { actorOf } from '../model/actor';
import type { Lifecycle, StartedBy } from './state';

/** Returns the state and its health in one phrase. */
export function describe(lifecycle: Lifecycle): string {
  const health = 'health' in lifecycle ? `, ${lifecycle.health.kind}` : '';
  const pid = 'process' in lifecycle && lifecycle.process !== undefined ? `, pid ${lifecycle.process.pid}` : '';
  const failure = lifecycle.kind === 'failed' ? `, ${lifecycle.failure.kind}` : '';
  const phase = lifecycle.kind === 'stopping' ? `, ${lifecycle.phase}` : '';
  const step = lifecycle.kind === 'launching' && lifecycle.phase.kind === 'setup' ? `, ${lifecycle.phase.step.name}` : '';
  return `${lifecycle.kind}${step}${health}${phase}${failure}${pid}`;
}

/** Returns what caused a change. */
export function cause(event: ServiceEvent): string {
  switch (event.kind) {
    case 'startRequested':
    case 'restartRequested':
      return `${event.kind} by ${nameOf(event.by)}`;
    case 'filesChanged':
      return event.reason.kind === 'changed' ? `${event.kind}: ${event.reason.file}` : `${event.kind} of ${event.reason.id}`;
    case 'stopRequested':
      return event.cause?.kind === 'command' && event.cause.by !== undefined
        ? `${event.kind} by ${nameOf(event.cause.by)}`
        : event.kind;
    case 'probed':
      return event.outcome.ok
        ? `probe succeeded in ${Math.round(event.outcome.latencyMs)} ms`
        : `probe: ${event.outcome.failure.kind}`;
    case 'endExplained':
      return `${event.kind}, exit code ${event.exitCode ?? 'unknown'}${event.interrupted ? ', Ctrl+C' : ''}`;
    case 'launchRefused':
      return `${event.kind}: ${event.failure.kind}`;
    case 'setupStepStarted':
      return `${event.kind}: ${event.name}, ${event.number} of ${event.of}`;
    case 'setupFailed':
      return `${event.kind}: ${event.step}, ${event.cause.kind}`;
    case 'treeKilled':
      return `killed pid ${event.killed.join(', ') || 'none'}`;
    default:
      return event.kind;
  }
}

function nameOf(by: StartedBy): string {
  const actor = actorOf(by);
  if (actor === undefined) return 'nobody';
  return actor.who === undefined ? actor.kind : `${actor.kind} ${actor.who}`;
}
