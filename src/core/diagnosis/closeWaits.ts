import { alive, value } from './queries';
import type { Facts } from './facts';

/** Counts connections that the clients closed and the service did not. Each failed probe of this extension leaves one, which does not count. */
export function closeWaits(facts: Facts): number | undefined {
  const count = value(facts.connections)?.get('CLOSE_WAIT');
  const health = alive(facts)?.health;
  const own = health === undefined || health.kind === 'none' ? 0 : health.streak.failures;
  return value(facts.connections) === undefined ? undefined : Math.max(0, (count ?? 0) - own);
}
