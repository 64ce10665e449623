/** The ports on which debuggers are listening: they serve no client, and are never those of a service. */
import { matchSignatures } from '../diagnosis/output';
import type { Listener, ProcessRow } from '../model/process';
import type { ServiceSpec } from '../model/service';
import { commandLine } from '../model/service';
import { programOf } from './program';

/** What shows debuggers of a service. */
export interface DebuggerSigns {
  readonly spec: Pick<ServiceSpec, 'command' | 'port' | 'env'>;
  /** Its processes, and where they listen. */
  readonly members: readonly ProcessRow[];
  readonly listeners: readonly Listener[];
  /** What it wrote last: what an option does not show may have been printed, and be out of what is kept by now. */
  readonly lines: readonly string[];
  /** Ports that responded as an inspector does. */
  readonly inspectors: ReadonlySet<number>;
}

/** Everything that may carry options of the program: commands of its processes, NODE_OPTIONS, what npm prints of its scripts. */
export const commandsOf = ({ spec, members, lines }: Pick<DebuggerSigns, 'spec' | 'members' | 'lines'>): readonly string[] => [
  commandLine(spec),
  ...Object.values(spec.env),
  ...members.map(({ command }) => command),
  ...lines.filter((line) => line.startsWith('> ')),
];

const portOptions: readonly RegExp[] = [
  /--inspect(?:-brk|-wait|-port)?=(?:\[[^\]\s]{0,50}\]:|[^\s:=]{0,100}:)?(\d{1,5})\b/g, // Node, Deno, Bun
  /--listen[= ](?:[^\s:]{0,100}:)?(\d{1,5})\b/g, // debugpy, Delve
  /\baddress=(?:[^\s:,]{0,100}:)?(\d{1,5})\b/g, // Java
];

/** `--listen` is an option of servers too. */
const isDebugger = (command: string): boolean => /--inspect|\bdebugpy\b|\bdlv\b|jdwp/.test(command);

/** Returns the ports on which debuggers are listening, or would. */
export function debuggerPorts(signs: DebuggerSigns): ReadonlySet<number> {
  const options = commandsOf(signs)
    .filter(isDebugger)
    .flatMap((command) => portOptions.flatMap((pattern) => [...command.matchAll(pattern)].map(([, port]) => Number(port))));
  const printed = matchSignatures(signs.lines, 'debugger').map(({ groups }) => Number(groups['port']));
  const adapters = new Set(signs.members.filter(isPythonAdapter).map(({ pid }) => pid));
  const adapted = signs.listeners.filter(({ pids }) => pids.some((pid) => adapters.has(pid))).map(({ port }) => port);
  return new Set([...options, ...printed, ...adapted, ...signs.inspectors]);
}

/**
 * The process of debugpy that listens in the place of the program: for the editor on one port, and for the program on another one
 * (debugpy/server/api.py, seen in 1.6.6).
 */
export const isPythonAdapter = ({ command }: Pick<ProcessRow, 'command'>): boolean => /\bdebugpy[\\/]adapter\b/.test(command);

/** The address on which debugpy waits for an editor. */
export function pythonDebuggerOf({ members, listeners }: Pick<DebuggerSigns, 'members' | 'listeners'>): Listener | undefined {
  for (const { pid, command } of members.filter(isPythonAdapter)) {
    const port = Number(/\s--port[= ](\d{1,5})\b/.exec(command)?.[1]);
    const found = listeners.find((listener) => listener.port === port && listener.pids.includes(pid));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The port that Node opens its inspector on unless an option names another one (https://nodejs.org/api/cli.html). */
export const nodeDebuggerPort = 9229;

/** VS Code's debugger counts upwards from the default port. */
export const isUsualInspectorPort = (port: number): boolean => port >= nodeDebuggerPort && port <= nodeDebuggerPort + 11;

/** `own` is the port of the service, which is never one of a debugger. */
export const isForDebugger = (port: number, own: number | undefined, debuggers: ReadonlySet<number>): boolean =>
  port !== own && (debuggers.has(port) || isUsualInspectorPort(port));

/** Where an inspector may be listening that nothing else shows: Node is asked to choose its port by `--inspect=0`. */
export function possibleInspectors(signs: DebuggerSigns): readonly Listener[] {
  const shown = debuggerPorts(signs);
  const able = new Set(signs.members.filter(({ command }) => hasInspector(command)).map(({ pid }) => pid));
  return signs.listeners.filter(
    ({ port, pids }) =>
      port !== signs.spec.port && !shown.has(port) && !isUsualInspectorPort(port) && pids.some((pid) => able.has(pid)),
  );
}

function hasInspector(command: string): boolean {
  const { kind, name } = programOf(command);
  return kind === 'node' || name === 'deno' || name === 'bun';
}

/** A wildcard is no address to connect to. */
export const reachable = ({ address }: Pick<Listener, 'address'>): string =>
  address === '0.0.0.0' || address === '*' ? '127.0.0.1' : address === '::' ? '::1' : address;
