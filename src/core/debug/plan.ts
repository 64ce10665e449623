/** How a running service can be debugged, from what its processes are and where they listen. */
import type { Listener, ProcessIdentity, ProcessRow } from '../model/process';
import { isForDebugger, isPythonAdapter, nodeDebuggerPort, pythonDebuggerOf, reachable } from './ports';
import { programOf } from './program';

export interface DebugScene {
  /** The port that the service is configured to listen on. */
  readonly port: number | undefined;
  readonly members: readonly ProcessRow[];
  /** Of its processes. */
  readonly listeners: readonly Listener[];
  /** Ports of debuggers. */
  readonly debuggers: ReadonlySet<number>;
}

export type DebugPlan =
  /** The inspector of Node is open: an address and a port of this machine. */
  | { readonly kind: 'attachNode'; readonly process: ProcessIdentity; readonly address: string; readonly port: number }
  /** It would open on this port. */
  | { readonly kind: 'openInspector'; readonly process: ProcessIdentity; readonly port: number }
  /** Debugpy is listening. */
  | { readonly kind: 'attachDebugpy'; readonly process: ProcessIdentity; readonly address: string; readonly port: number }
  | { readonly kind: 'attachPython'; readonly process: ProcessIdentity }
  /** `program`: the name of what serves, where there is such a process. */
  | { readonly kind: 'unsupported'; readonly program: string | undefined };

export function debugPlan(scene: DebugScene): DebugPlan {
  const process = debuggee(scene);
  if (process === undefined) return { kind: 'unsupported', program: undefined };
  const { kind, name } = programOf(process.command);
  const identity = { pid: process.pid, born: process.born };
  if (kind === 'python') return pythonPlan(identity, scene);
  const open = inspectorOf(process, scene);
  if (open !== undefined) return { kind: 'attachNode', process: identity, address: reachable(open), port: open.port };
  if (kind !== 'node') return { kind: 'unsupported', program: name };
  return { kind: 'openInspector', process: identity, port: inspectorPort(process.command) };
}

function pythonPlan(process: ProcessIdentity, scene: DebugScene): DebugPlan {
  const open = pythonDebuggerOf(scene);
  if (open === undefined) return { kind: 'attachPython', process };
  return { kind: 'attachDebugpy', process, address: reachable(open), port: open.port };
}

const inspectorPort = (command: string): number =>
  Number(/--(?:inspect|debug)-port=(?:[^\s:]{0,100}:)?(\d{1,5})\b/.exec(command)?.[1] ?? nodeDebuggerPort);

const inspectorOf = ({ pid }: ProcessRow, scene: DebugScene): Listener | undefined =>
  scene.listeners.find(({ port, pids }) => pids.includes(pid) && isForDebugger(port, scene.port, scene.debuggers));

/** Returns the process that runs the program of the user: the one that serves, not what started it. */
function debuggee(scene: DebugScene): ProcessRow | undefined {
  const { members, listeners, port } = scene;
  const served = listeners.filter((listener) => listener.port === port);
  const others = listeners.filter((listener) => !isForDebugger(listener.port, scene.port, scene.debuggers));
  const pids = new Set((served.length > 0 ? served : others).flatMap((listener) => listener.pids));
  const serving = innermost(
    members.filter(({ pid }) => pids.has(pid)),
    members,
  );
  if (serving.length > 0) return serving[0];
  return innermost(members.filter(isProgram), members)[0];
}

/** Reloaders hold the socket that their workers serve: of those in one line only the last one counts. */
function innermost(candidates: readonly ProcessRow[], members: readonly ProcessRow[]): readonly ProcessRow[] {
  const parents = new Map(members.map(({ pid, ppid }) => [pid, ppid]));
  const outer = new Set<number>();
  for (const { pid } of candidates) {
    // A table that was read while processes came and went may have a circle.
    let steps = members.length;
    for (let at = parents.get(pid); at !== undefined && steps > 0; at = parents.get(at), steps--) outer.add(at);
  }
  return candidates.filter(({ pid }) => !outer.has(pid));
}

/** What serves nothing, such as a worker, is known by its language; programs that only start others are not meant. */
const isProgram = ({ command }: ProcessRow): boolean =>
  ['node', 'python'].includes(programOf(command).kind) && !starters.test(command) && !isPythonAdapter({ command });

const starters =
  /[\\/](?:npm|npx|pnpm|yarn|corepack|nodemon|concurrently|npm-run-all|tsx)(?:[-.]cli)?(?:\.[cm]?js)?(?=["\s]|$)|[\\/]tsx[\\/]dist[\\/]cli\b|multiprocessing[.]resource_tracker/;
