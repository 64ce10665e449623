/** Reads one line of `docker events --format "{{json .}}"`: which container to look at again, and the result of its health check. */
import type { ContainerHealth } from '../model/container';
import { defined } from '../model/defined';
import { projectLabel, serviceLabel } from './inspect';
import { parseJson, textAt } from './json';

export interface EngineEvent {
  /** Whole id of the container. */
  readonly container: string;
  /** `start`, `die`, `oom`, `health_status`, `destroy` and so on, without what follows a colon. */
  readonly action: string;
  /** Of `health_status`. */
  readonly health?: ContainerHealth['status'];
  /** Of Compose; empty when the container was not made by Compose. */
  readonly project: string;
  readonly service: string;
}

const statuses = ['starting', 'healthy', 'unhealthy'] as const;

/** Undefined for what concerns no container, or is no event. */
export function parseEvent(line: string): EngineEvent | undefined {
  const event = parseJson(line);
  // Podman as an engine writes the names of the first version of Docker's API as well; its own command line has others.
  const container = textAt(event, 'Actor', 'ID') || textAt(event, 'id') || textAt(event, 'ID');
  const written = textAt(event, 'Action') || textAt(event, 'status') || textAt(event, 'Status');
  const label = (name: string): string =>
    textAt(event, 'Actor', 'Attributes', name) || textAt(event, 'Attributes', name) || textAt(event, 'Labels', name);
  const action = written.replace(/:[\s\S]*$/, '').trim();
  const health = statuses.find((status) => written === `health_status: ${status}`);
  if (textAt(event, 'Type') !== 'container' || container === '' || action === '') return undefined;
  return {
    container,
    action,
    ...defined({ health }),
    project: label(projectLabel),
    service: label(serviceLabel),
  };
}
