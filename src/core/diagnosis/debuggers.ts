/** Debuggers that a service listens for, of which it may wait for one before it does anything. */
import { commandsOf, debuggerPorts } from '../debug/ports';
import type { DebuggerSigns } from '../debug/ports';
import { linesOf, matchSignatures } from './output';
import { membersOf, value } from './queries';
import type { Facts } from './facts';

const signsOf = (facts: Facts): DebuggerSigns => ({
  ...{ spec: facts.spec, members: membersOf(facts), lines: linesOf(facts) },
  listeners: value(facts.ownListeners) ?? [],
  inspectors: facts.inspectors ?? new Set(),
});

/** Returns the ports on which debuggers of the service are listening, as far as that is seen. */
export const debuggerPortsOf = (facts: Facts): ReadonlySet<number> => debuggerPorts(signsOf(facts));

/** Options with which the program does nothing until a debugger is attached. */
const waits = /--inspect-(?:brk|wait)\b|--wait-for-client\b|\bdlv\b.*--headless\b(?!.*--continue\b)|jdwp\S*suspend=y/;

/** Whether the program waits for a debugger, and none was attached. */
export function waitsForDebugger(facts: Facts): boolean {
  if (!commandsOf(signsOf(facts)).some((command) => waits.test(command))) return false;
  const lines = linesOf(facts);
  const listening = matchSignatures(lines, 'debugger').at(-1)?.at ?? -1;
  return !lines.slice(listening + 1).some((line) => line.startsWith('Debugger attached.'));
}
