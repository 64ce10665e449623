/**
 * Connections to all addresses of a server that has not responded yet. While a service starts, they are refused every few ms, and that is
 * all that happens: without a controller, a deadline and a race for each. Those that are not refused are handed on.
 */
import { type Attempt, failed, mostInformative } from './attempt';
import type { Endpoint } from './classify';
import { Connecting } from './connect';

/** On this machine a refusal takes less than 1 ms, but 2 s on Windows, where the system tries again. */
const maxKnockMs = 100;

/** Resolves as soon as one connection stands or all have failed, and after 100 ms or `timeout` at the latest. In the order of the endpoints. */
export function knock(endpoints: readonly Endpoint[], timeout: number): Promise<readonly Connecting[]> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      resolve(connections);
    };
    const look = (): void => {
      if (connections.some(({ outcome }) => outcome?.ok) || connections.every(({ outcome }) => outcome !== undefined)) end();
    };
    const timer = setTimeout(end, Math.min(maxKnockMs, timeout));
    const connections = endpoints.map((endpoint) => new Connecting(endpoint, look));
  });
}

/** Connections to several addresses, in their order, and how long they have been tried, in ms. */
export interface Knocked {
  readonly connections: readonly Connecting[];
  readonly passed: number;
}

/** The most informative failure when all addresses refuse; else what `goOn` comes to with the connections, of which none is left then. */
export async function knockFirst(
  endpoints: readonly Endpoint[],
  timeout: number,
  goOn: (knocked: Knocked) => Promise<Attempt>,
): Promise<Attempt> {
  const began = performance.now();
  const connections = await knock(endpoints, timeout);
  const failures = connections.flatMap(({ outcome }) => (outcome?.ok === false ? [failed(outcome.failure)] : []));
  if (failures.length === connections.length) return mostInformative(failures);
  return goOn({ connections, passed: performance.now() - began }).finally(() => {
    for (const each of connections) each.giveUp();
  });
}
