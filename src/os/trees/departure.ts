/** Waits until a service is gone: its processes, then its port. */
import type { Clock, Departure, PortTable } from '../../app/ports';
import type { Listener } from '../../core/model/process';
import type { Members, TreeParts } from './parts';

/** Pause between two checks of the known processes. */
const knownPollMs = 10;
/** Pause between two looks for new processes. */
const fullLookMs = 250;
/** The same where a look is too costly for the background, such as one of PowerShell's: what was seen is asked for its pid meanwhile. */
const costlyLookMs = 3000;
/** How long the port may stay taken after the last process ended. */
const portFreeTimeoutMs = 2000;
const portPollMs = 20;

/** Rejects only when aborted. */
export async function departure(members: Members, parts: TreeParts, signal: AbortSignal): Promise<Departure> {
  await processesGone(members, parts, signal);
  const { port } = members.root;
  return port === undefined ? { portFree: true, holders: [] } : portFreed(port, parts, signal);
}

async function processesGone(members: Members, { clock, processTable }: TreeParts, signal: AbortSignal): Promise<void> {
  for (;;) {
    const look = await members.look();
    signal.throwIfAborted();
    // Without a process table only processes that were seen before can be awaited.
    if (look.kind === 'known' && look.value.members.length === 0) return;
    if (look.kind === 'unavailable' && !members.anyAlive()) return;
    const until = clock.elapsed() + (processTable.backgroundScan === undefined ? costlyLookMs : fullLookMs);
    do await pause(knownPollMs, clock, signal);
    while (members.anyAlive() && clock.elapsed() < until);
  }
}

/**
 * A successful bind is the answer, and costs 0.4 ms; a socket in TIME_WAIT is no obstacle to it. Listeners are listed only when
 * it fails: on a machine with much memory the kernel needs 12 ms to list even a hundred sockets.
 */
async function portFreed(port: number, { portTable, clock }: TreeParts, signal: AbortSignal): Promise<Departure> {
  const until = clock.elapsed() + portFreeTimeoutMs;
  for (;;) {
    const bind = await portTable.canBind(port);
    if (bind.kind === 'free') return { portFree: true, holders: [] };
    const holders = await holdersOf(port, portTable);
    if (holders.length === 0 && bind.kind !== 'inUse') return { portFree: true, holders };
    if (clock.elapsed() >= until) return { portFree: false, holders };
    await pause(portPollMs, clock, signal);
  }
}

async function holdersOf(port: number, portTable: PortTable): Promise<readonly Listener[]> {
  const listeners = await portTable.listeners(port);
  return listeners.kind === 'known' ? listeners.value : [];
}

function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      timer.dispose();
      reject(signal.reason instanceof Error ? signal.reason : new Error('The wait was cancelled.'));
    };
    const timer = clock.after(ms, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
