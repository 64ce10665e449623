/** Observes the services of a session without the extension: the processes below VS Code's server, and HTTP responses. */
import { commandLine, descendants, isAlive } from '../../support/processes';
import { until } from '../../support/poll';
import type { Session } from '../../support/workbench/session';
import type { ServiceRow } from '../../support/workbench/servicesView';

/** Returns the pids of the living processes in the session's terminals whose command line matches. */
export const processesLike = (session: Session, pattern: RegExp): number[] =>
  descendants(session.server.pid).filter((pid) => pattern.test(commandLine(pid)) && isAlive(pid));

/** Waits for the only such process. Rejects when there are several during the whole wait. */
export async function onlyProcess(session: Session, pattern: RegExp): Promise<number> {
  const [pid] = await until(`one process ${String(pattern)}`, () => {
    const found = processesLike(session, pattern);
    return found.length === 1 && found;
  });
  if (pid === undefined) throw new Error('An empty list is not a list of one.');
  return pid;
}

/** Returns the pid that a server on the port reports about itself; rejects when none responds. */
export async function answeringPid(port: number): Promise<number> {
  const response = await fetch(`http://localhost:${port}/health`, { signal: AbortSignal.timeout(5000) });
  const { pid } = (await response.json()) as { pid: unknown };
  if (typeof pid !== 'number') throw new Error(`Port ${port} is served by something else.`);
  return pid;
}

/**
 * Waits until another process responds on the port. After a restart, a row is no sign of that yet: VS Code collects the changes of a view
 * for up to 200 ms, in which a process may end.
 */
export const otherPid = (port: number, before: number): Promise<number> =>
  until(
    'another process to respond',
    async () => {
      const pid = await answeringPid(port).catch(() => before);
      return pid !== before && pid;
    },
    30_000,
  );

export const isHealthy = ({ state, icon }: ServiceRow): boolean => state.startsWith('Healthy') && icon === 'pass';

export const allGone = (pids: readonly number[]): boolean => pids.every((pid) => !isAlive(pid));

/** Asserts repeatedly for `time` ms, and rejects with the first failed assertion. */
export async function holdsFor(time: number, check: () => void | Promise<void>): Promise<void> {
  const end = Date.now() + time;
  do {
    await check();
    await new Promise((resolve) => setTimeout(resolve, 200));
  } while (Date.now() < end);
}
