/** The sleep of a machine, as processes see it: all of them stop at once, and continue later. */
import { descendants, isStopped } from '../../../support/processes';

/** Stops all that this process started: VS Code's server, extension hosts, terminals, services, the browser. */
export async function sleepAll(ms: number): Promise<void> {
  const stopped = stopAll();
  try {
    await new Promise((resolve) => setTimeout(resolve, ms));
  } finally {
    for (const pid of stopped.reverse()) signal(pid, 'SIGCONT');
  }
}

/** Until no process is left that runs: one that is about to be stopped can still start others. Those that hang already are left alone. */
function stopAll(): number[] {
  const stopped = new Set<number>();
  for (;;) {
    const running = descendants(process.pid).filter((pid) => !stopped.has(pid) && !isStopped(pid));
    if (running.length === 0) return [...stopped];
    for (const pid of running) {
      signal(pid, 'SIGSTOP');
      stopped.add(pid);
    }
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}
