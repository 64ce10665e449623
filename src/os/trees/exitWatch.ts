/** Detects the end of processes within about 25 ms, with one timer for all of them. */
import type { Clock, Disposable, ProcessTable, ProcessTrees } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { isVerified } from '../../core/model/process';
import { pidExists } from '../system/existence';

/** VS Code's own event comes 260 ms after the end. */
const tickMs = 25;

/** With more processes than this, ticks come half as often: waking up costs more than checking. */
const maxProcessesAtFullRate = 20;

/** Every so many ticks the start time and state are checked too, at ten times the cost of an existence check; finds zombies within one or two seconds. */
const ticksPerFullCheck = 40;

interface Watch {
  readonly process: ProcessIdentity;
  readonly gone: () => void;
  /** Spreads the full checks of many processes over the ticks. */
  readonly phase: number;
}

export function createExitWatch(table: ProcessTable, clock: Clock): ProcessTrees['watchExit'] {
  const watches = new Set<Watch>();
  let timer: Disposable | undefined;
  let ticks = 0;

  const end = (watch: Watch): void => {
    if (!watches.delete(watch)) return;
    // A listener that throws must not keep the others from being called.
    queueMicrotask(watch.gone);
  };
  const tick = (): void => {
    timer = undefined;
    ticks++;
    for (const watch of [...watches]) if (!lives(watch, table, ticks)) end(watch);
    arm();
  };
  const arm = (): void => {
    if (watches.size === 0) {
      timer?.dispose();
      timer = undefined;
    } else timer ??= clock.after(watches.size > maxProcessesAtFullRate ? 2 * tickMs : tickMs, tick);
  };

  return (process, gone) => {
    const watch = { process, gone, phase: watches.size % ticksPerFullCheck };
    watches.add(watch);
    arm();
    void verify(watch.process, table).then((same) => {
      if (!same) end(watch);
      arm();
    });
    return {
      dispose: () => {
        watches.delete(watch);
        arm();
      },
    };
  };
}

const lives = (watch: Watch, table: ProcessTable, ticks: number): boolean =>
  ticks % ticksPerFullCheck === watch.phase && isVerified(watch.process)
    ? table.isAlive(watch.process)
    : pidExists(watch.process.pid);

/**
 * A pid cannot be reused between two ticks in practice, but between the moment a caller learned it and now it can.
 * "Could not look" is not "gone".
 */
async function verify(process: ProcessIdentity, table: ProcessTable): Promise<boolean> {
  if (!isVerified(process)) return pidExists(process.pid);
  const present = await table.identify(process.pid);
  return present.kind === 'unavailable' || present.value?.born === process.born;
}
