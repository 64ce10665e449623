/** What an event says of a container before the engine was asked again. */
import type { Container } from '../model/container';
import type { EngineEvent } from './engineEvent';

/** The container with the result of its health check; undefined when the event says nothing, or is of another container. */
export function reported(before: Container | undefined, { container, health }: EngineEvent): Container | undefined {
  if (before?.id !== container || before.state !== 'running' || before.health === undefined || health === undefined)
    return undefined;
  // What the check printed is no part of the event.
  const failures = health === 'unhealthy' ? before.health.failures + 1 : 0;
  return { ...before, health: { status: health, failures, output: '' } };
}
