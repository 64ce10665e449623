/** The ports on which a service really serves. */
import { alive, value } from './ask';
import type { Facts } from './facts';

/** Node's and Python's debuggers, Vite's websocket when it is apart: they serve no page. */
const isTool = (port: number): boolean => (port >= 9229 && port <= 9240) || port === 5678 || port === 24_678;

/** Other ports than the configured one, the printed one first; none when nothing of it listens or it could not be seen. */
export function realPorts(facts: Facts): readonly number[] {
  const living = alive(facts);
  const listening = (value(facts.ownListeners) ?? []).map(({ port }) => port).filter((port) => !isTool(port));
  if (living === undefined || listening.includes(facts.spec.port ?? 0)) return [];
  const printed = 'printedPort' in living ? living.printedPort : undefined;
  const sorted = [...new Set(listening)].sort((a, b) => a - b);
  return printed !== undefined && sorted.includes(printed) ? [printed, ...sorted.filter((port) => port !== printed)] : sorted;
}
