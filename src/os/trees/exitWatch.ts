/** Notices the end of processes within a few hundredths of a second, for all of them with one timer. */
import type { Clock, Disposable, ProcessTable, ProcessTrees } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { pidExists } from '../system/existence';

/** In ms. VS Code's own event comes 260 ms after the end. */
const period = 25;

/** With more processes than this a look comes half as often: waking up costs more than looking. */
const many = 20;

/** Every so many ticks the start time and the state are looked at too, which costs ten times as much as asking whether the pid exists. Finds zombies within one or two seconds. */
const thorough = 40;

interface Watch {
  readonly process: ProcessIdentity;
  readonly gone: () => void;
  /** Spreads the thorough looks of many processes over the ticks. */
  readonly phase: number;
}

export function createExitWatch(table: ProcessTable, clock: Clock): ProcessTrees['watchExit'] {
  const watches = new Set<Watch>();
  let timer: Disposable | undefined;
  let ticks = 0;

  const end = (watch: Watch): void => {
    if (!watches.delete(watch)) return;
    // A listener that throws must not keep the others from being told.
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
    } else timer ??= clock.after(watches.size > many ? 2 * period : period, tick);
  };

  return (process, gone) => {
    const watch = { process, gone, phase: watches.size % thorough };
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
  ticks % thorough === watch.phase ? table.isAlive(watch.process) : pidExists(watch.process.pid);

/**
 * A pid cannot be reused between two ticks in practice, but between the moment a caller learned it and now it can.
 * "Could not look" is not "gone".
 */
async function verify(process: ProcessIdentity, table: ProcessTable): Promise<boolean> {
  const present = await table.identify(process.pid);
  return present.kind === 'unavailable' || present.value?.born === process.born;
}
