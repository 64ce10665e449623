/** One look at all processes, shared by all open trees. */
import type { Clock, Disposable } from '../../app/ports';
import type { Reading } from '../../core/model/process';
import { known } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';
import { userBrowsers } from './userBrowsers';
import { createSnapshot, type Snapshot } from './snapshot';

export interface Census {
  /** Takes a look that begins after this call; simultaneous callers share it. Every subscriber receives it as well. */
  take(): Promise<Reading<Snapshot>>;
  /** Receives each snapshot, including those taken in the background where the system makes that cheap. */
  subscribe(see: (snapshot: Snapshot) => void): Disposable;
}

/** Delay of the first look at a new tree: long enough for a shell to start its command. */
const firstLookDelayMs = 200;

export function createCensus(table: SystemProcessTable, clock: Clock): Census {
  const subscribers = new Set<(snapshot: Snapshot) => void>();
  let running: Promise<Reading<Snapshot>> | undefined;
  let next: Promise<Reading<Snapshot>> | undefined;
  let timer: Disposable | undefined;

  const look = async (): Promise<Reading<Snapshot>> => {
    const rows = await table.scan();
    if (rows.kind === 'unavailable') return rows;
    const markers = await table.markers(rows.value);
    const browsers = await userBrowsers(rows.value, markers, table);
    const snapshot = createSnapshot(rows.value, { markers, self: process.pid, browsers });
    for (const see of subscribers) see(snapshot);
    return known(snapshot);
  };
  const begin = (): Promise<Reading<Snapshot>> => {
    next = undefined;
    running = look().finally(() => (running = undefined));
    return running;
  };
  const take = (): Promise<Reading<Snapshot>> => {
    if (next !== undefined) return next;
    if (running === undefined) return begin();
    next = running.then(begin, begin);
    return next;
  };
  const schedule = (delay: number | undefined): void => {
    timer?.dispose();
    timer = undefined;
    if (delay === undefined || subscribers.size === 0) return;
    timer = clock.after(delay, () => void take().finally(() => schedule(table.backgroundScan)));
  };

  return {
    take,
    subscribe(see) {
      subscribers.add(see);
      schedule(table.backgroundScan === undefined ? undefined : firstLookDelayMs);
      return {
        dispose: () => {
          subscribers.delete(see);
          if (subscribers.size === 0) schedule(undefined);
        },
      };
    },
  };
}
