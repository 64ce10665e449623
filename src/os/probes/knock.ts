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

/** The most informative failure, where no connection is left. */
export function failureOfAll(connections: readonly Connecting[]): Attempt | undefined {
  const failures = connections.flatMap(({ outcome }) => (outcome?.ok === false ? [failed(outcome.failure)] : []));
  return failures.length === connections.length ? mostInformative(failures) : undefined;
}
