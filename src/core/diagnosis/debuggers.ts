/** Debuggers that a service listens for: their ports serve no client, and a program may wait for them before it does anything. */
import { linesOf, matchSignatures } from './output';
import { commandOf, membersOf } from './queries';
import type { Facts } from './facts';

/** Everything that may carry options of the program: commands of its processes, NODE_OPTIONS, what npm prints of its scripts. */
function commandsOf(facts: Facts): readonly string[] {
  const scripts = linesOf(facts).filter((line) => line.startsWith('> '));
  return [commandOf(facts), ...Object.values(facts.spec.env), ...membersOf(facts).map(({ command }) => command), ...scripts];
}

const portOptions: readonly RegExp[] = [
  /--inspect(?:-brk|-wait|-port)?=(?:\[[^\]\s]*\]:|[^\s:=]*:)?(\d{1,5})\b/g, // Node, Deno, Bun
  /--listen[= ](?:[^\s:]*:)?(\d{1,5})\b/g, // debugpy, Delve
  /\baddress=(?:[^\s:,]*:)?(\d{1,5})\b/g, // Java
];

/** `--listen` is an option of servers too. */
const isDebugger = (command: string): boolean => /--inspect|\bdebugpy\b|\bdlv\b|jdwp/.test(command);

/** Returns the ports on which debuggers are listening, as options and output show them. */
export const debuggerPorts = (facts: Facts): ReadonlySet<number> => debuggerPortsIn(commandsOf(facts), linesOf(facts));

export function debuggerPortsIn(commands: readonly string[], lines: readonly string[]): ReadonlySet<number> {
  const options = commands
    .filter(isDebugger)
    .flatMap((command) => portOptions.flatMap((pattern) => [...command.matchAll(pattern)].map(([, port]) => Number(port))));
  const printed = matchSignatures(lines, 'debugger').flatMap(({ groups }) => Number(groups['port']));
  return new Set([...options, ...printed]);
}

/** Options with which the program does nothing until a debugger is attached. */
const waits = /--inspect-(?:brk|wait)\b|--wait-for-client\b|\bdlv\b.*--headless\b(?!.*--continue\b)|jdwp\S*suspend=y/;

/** Whether the program waits for a debugger, and none was attached. */
export function waitsForDebugger(facts: Facts): boolean {
  if (!commandsOf(facts).some((command) => waits.test(command))) return false;
  const lines = linesOf(facts);
  const listening = matchSignatures(lines, 'debugger').at(-1)?.at ?? -1;
  return !lines.slice(listening + 1).some((line) => line.startsWith('Debugger attached.'));
}
