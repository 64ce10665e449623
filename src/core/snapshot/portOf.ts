/** Where a service is reached: the configured port, else the one that its container publishes, on this machine or that of its engine. */
import type { Service, ServiceState } from '../lifecycle/state';

/** Undefined when there is neither, as before a container runs. */
export function portOf({ spec, state: { lifecycle } }: Pick<Service, 'spec' | 'state'>): number | undefined {
  if (spec.port !== undefined || !('health' in lifecycle) || lifecycle.health.kind === 'none') return spec.port;
  return lifecycle.health.last?.published;
}

/** The host of that port when its engine runs on another machine; undefined otherwise, and before a container was looked at. */
export function hostOf({ lifecycle }: Pick<ServiceState, 'lifecycle'>): string | undefined {
  if (!('health' in lifecycle) || lifecycle.health.kind === 'none') return undefined;
  return lifecycle.health.last?.host;
}
