/** The port of a service: the configured one, else the one that its container publishes. */
import type { Service } from '../lifecycle/state';

/** Undefined when there is neither, as before a container runs. */
export function portOf({ spec, state: { lifecycle } }: Pick<Service, 'spec' | 'state'>): number | undefined {
  if (spec.port !== undefined || !('health' in lifecycle) || lifecycle.health.kind === 'none') return spec.port;
  return lifecycle.health.last?.published;
}
