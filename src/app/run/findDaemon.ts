/** Finds the server that the first process of a run left in the background: nginx, `redis-server --daemonize yes` and others do that. */
import { backgroundCause } from '../../core/diagnosis/daemons';
import type { ProcessIdentity, ProcessRow } from '../../core/model/process';
import { startTimeToleranceMs } from '../../core/model/process';
import { programOf } from '../../core/model/program';
import type { ServiceSpec } from '../../core/model/service';
import type { ProcessTree } from '../ports';
import type { World } from '../world';

/** Some bind their port after the first process has exited. */
const bindTimeMs = 500;
const pollMs = 50;

export interface Left {
  readonly spec: ServiceSpec;
  /** The process that has exited. */
  readonly leader: number;
  /** When it was launched, in ms since the epoch. */
  readonly startedAt: number;
  readonly tree: ProcessTree;
}

type DaemonWorld = Pick<World, 'clock' | 'portTable' | 'processes'>;

/**
 * Returns the process in a session of its own that listens on the port of the service and belongs to the run: by the variable that its processes inherit, or,
 * where it has overwritten its environment, by its program and the time of its start. Undefined when there is none: a crashed server that
 * left workers behind, which are in the session of their leader.
 */
export async function findDaemon(left: Left, world: DaemonWorld): Promise<ProcessIdentity | undefined> {
  const { port } = left.spec;
  if (port === undefined) return undefined;
  for (let waited = 0; ; waited += pollMs) {
    const members = await left.tree.members();
    const own = (members.kind === 'known' ? members.value : []).filter((row) => isDetached(row, left.leader));
    const listeners = await world.portTable.listeners(port);
    const pids = new Set((listeners.kind === 'known' ? listeners.value : []).flatMap((listener) => listener.pids));
    const serving = own.find(({ pid }) => pids.has(pid));
    if (serving !== undefined) return leaderOf(serving, own);
    if (pids.size > 0) return sameProgram(left, pids, world);
    // One that has another environment is not known as its own before it listens.
    if ((own.length === 0 && !isExpected(left)) || waited >= bindTimeMs) return undefined;
    await new Promise<void>((resolve) => void world.clock.after(pollMs, resolve));
  }
}

/** In another session than the terminal's; where the system has no sessions, nothing is certain. */
const isDetached = ({ sid, state }: ProcessRow, leader: number): boolean =>
  sid !== undefined && sid !== leader && state !== 'zombie';

/**
 * nginx and others write their title over their environment. Only of a command that is known to put itself into the background: the
 * server of another terminal may be a `node` as well, started at the same moment on the same port.
 */
async function sameProgram(left: Left, pids: ReadonlySet<number>, world: DaemonWorld): Promise<ProcessIdentity | undefined> {
  if (!isExpected(left)) return undefined;
  const program = programOf(left.spec.command);
  const table = await world.processes.list();
  const rows = table.kind === 'known' ? table.value : [];
  const own = rows.filter(
    (row) =>
      isDetached(row, left.leader) && row.startedAt >= left.startedAt - startTimeToleranceMs && row.command.includes(program),
  );
  const serving = own.find(({ pid }) => pids.has(pid));
  return program === '' || serving === undefined ? undefined : leaderOf(serving, own);
}

const isExpected = ({ spec }: Left): boolean => backgroundCause(spec.command) !== undefined;

/** The leader of the session: nginx's master, of which each worker listens as well. */
function leaderOf(serving: ProcessRow, own: readonly ProcessRow[]): ProcessIdentity {
  const { pid, born } = own.find((row) => row.pid === serving.sid) ?? serving;
  return { pid, born };
}
