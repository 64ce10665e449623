/** The ports on which a service is actually listening. */
import { alive, value } from './queries';
import type { Facts } from './facts';

/** The debuggers of Node and Python, and Vite's separate WebSocket port: they serve no page. */
const isTool = (port: number): boolean => (port >= 9229 && port <= 9240) || port === 5678 || port === 24_678;

/**
 * Returns the ports on which the service is listening instead of the configured one, the printed one first. Empty when it is not
 * listening or the reading failed.
 */
export function realPorts(facts: Facts): readonly number[] {
  const living = alive(facts);
  const listening = (value(facts.ownListeners) ?? []).map(({ port }) => port).filter((port) => !isTool(port));
  if (living === undefined || listening.includes(facts.spec.port ?? 0)) return [];
  const printed = 'printedPort' in living ? living.printedPort : undefined;
  const sorted = [...new Set(listening)].sort((a, b) => a - b);
  return printed !== undefined && sorted.includes(printed) ? [printed, ...sorted.filter((port) => port !== printed)] : sorted;
}
