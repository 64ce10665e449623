import { alive, value } from './ask';
import type { Facts } from './facts';

/** Connections that the others have closed and the service has not; each of our own failed probes leaves one, and is not counted. */
export function closeWaits(facts: Facts): number | undefined {
  const count = value(facts.connections)?.get('CLOSE_WAIT');
  const health = alive(facts)?.health;
  const own = health === undefined || health.kind === 'none' ? 0 : health.streak.failures;
  return value(facts.connections) === undefined ? undefined : Math.max(0, (count ?? 0) - own);
}
