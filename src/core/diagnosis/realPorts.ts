/** The ports on which a service is actually listening. */
import { isUsualInspectorPort } from '../debug/ports';
import { debuggerPortsOf } from './debuggers';
import { alive, commandOf, membersOf, value } from './queries';
import type { Facts } from './facts';

/** The debuggers of Node and Python, and Vite's separate WebSocket port: they serve no page. */
export const isToolPort = (port: number): boolean => isUsualInspectorPort(port) || port === 5678 || port === 24_678;

/**
 * Returns the ports on which the service is listening instead of the configured one, the printed one first. Empty when it is not
 * listening or the reading failed.
 */
export function realPorts(facts: Facts): readonly number[] {
  const living = alive(facts);
  const tools = debuggerPortsOf(facts);
  const listening = (value(facts.ownListeners) ?? [])
    .map(({ port }) => port)
    .filter((port) => !isToolPort(port) && !tools.has(port));
  if (living === undefined || listening.includes(facts.spec.port ?? 0)) return [];
  const printed = 'printedPort' in living ? living.printedPort : undefined;
  const sorted = [...new Set(listening)].sort((a, b) => a - b);
  return printed !== undefined && sorted.includes(printed) ? [printed, ...sorted.filter((port) => port !== printed)] : sorted;
}

/** The lowest port that systems choose for port 0: Linux begins here, macOS and Windows at 49152. */
const firstChosenPort = 32_768;

/**
 * Whether the next start will probably have another port: an earlier run had another one, or the system chose it. To write such a port
 * into services.json is no help.
 */
export function isPassing(facts: Facts, port: number): boolean {
  if (earlierPort(facts, port) !== undefined) return true;
  return port >= firstChosenPort && !isWritten(facts, String(port));
}

/** Whether the command, the environment, the arguments of a process or a file of the service has the number. */
function isWritten(facts: Facts, digits: string): boolean {
  const places = [
    commandOf(facts),
    ...Object.values(facts.spec.env),
    facts.spec.url ?? '',
    ...membersOf(facts).map(({ command }) => command),
    ...(value(facts.files)?.texts.values() ?? []),
  ];
  return places.some((text) => new RegExp(`(?<!\\d)${digits}(?!\\d)`).test(text));
}

/** Returns another port that an earlier run used, and that is not the configured one either. */
export const earlierPort = (facts: Facts, port: number): number | undefined =>
  [...facts.earlierPorts].find((earlier) => earlier !== port && earlier !== facts.spec.port);
