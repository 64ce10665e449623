/** Reads one line of `docker events --format "{{json .}}"`: it only says which container to look at again. */
import { projectLabel, serviceLabel } from './inspect';
import { parseJson, textAt } from './json';

export interface EngineEvent {
  /** Whole id of the container. */
  readonly container: string;
  /** `start`, `die`, `oom`, `health_status`, `destroy` and so on, without what follows a colon. */
  readonly action: string;
  /** Of Compose; empty when the container was not made by Compose. */
  readonly project: string;
  readonly service: string;
}

/** Undefined for what concerns no container, or is no event. */
export function parseEvent(line: string): EngineEvent | undefined {
  const event = parseJson(line);
  // Podman writes the names of the first version of Docker's API as well.
  const container = textAt(event, 'Actor', 'ID') || textAt(event, 'id');
  const action = (textAt(event, 'Action') || textAt(event, 'status')).replace(/:[\s\S]*$/, '').trim();
  if (textAt(event, 'Type') !== 'container' || container === '' || action === '') return undefined;
  return {
    container,
    action,
    project: textAt(event, 'Actor', 'Attributes', projectLabel),
    service: textAt(event, 'Actor', 'Attributes', serviceLabel),
  };
}
