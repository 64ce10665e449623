/** One look at all processes, shared by all open trees. */
import type { Clock, Disposable } from '../../app/ports';
import type { Reading } from '../../core/model/process';
import { onGrid } from '../../core/model/grid';
import type { SystemProcessTable } from '../processTable/index';
import { createSight } from './sight';
import type { Snapshot } from './snapshot';

export interface Census {
  /** Takes a look that begins after this call; simultaneous callers share it. Every subscriber receives it as well. */
  take(): Promise<Reading<Snapshot>>;
  /**
   * Receives each snapshot, including those taken in the background where the system makes that cheap. `see` returns whether it showed
   * anything new: while nothing does, looks become rare.
   */
  subscribe(see: (snapshot: Snapshot) => boolean): Disposable;
  /** Processes are about to come or go: looks are as frequent again as at the beginning. */
  expectChange(): void;
}

/** After so many looks without anything new a tree is settled. */
const quietLooks = 3;
/** How many times rarer the looks at settled trees are: every 15 s on Linux. */
const settledFactor = 5;

/** Where looks cost processes, so many without anything new follow a sign. */
const looksAfterSign = 2;
const secondLookDelayMs = 3000;

/** The same: so long a look waits for others that are about to be requested, as several parts of a stop do. */
const gatheringMs = 20;

/** Delay of the first look at a new tree: long enough for a shell to start its command. */
const firstLookDelayMs = 200;

export function createCensus(table: SystemProcessTable, clock: Clock): Census {
  const sight = createSight(table);
  const subscribers = new Set<(snapshot: Snapshot) => boolean>();
  /** Background looks in a row that showed nothing new. */
  let quiet = 0;
  let running: Promise<Reading<Snapshot>> | undefined;
  let next: Promise<Reading<Snapshot>> | undefined;
  let timer: Disposable | undefined;

  const look = async (): Promise<Reading<Snapshot>> => {
    const snapshot = await sight.look();
    if (snapshot.kind === 'unavailable') return snapshot;
    const news = [...subscribers].filter((see) => see(snapshot.value));
    quiet = news.length > 0 ? 0 : quiet + 1;
    return snapshot;
  };
  const begin = (): Promise<Reading<Snapshot>> => {
    next = undefined;
    running = look().finally(() => (running = undefined));
    return running;
  };
  const take = (): Promise<Reading<Snapshot>> => {
    if (next !== undefined) return next;
    if (running === undefined && typeof table.backgroundScan === 'number') return begin();
    const before = running ?? new Promise<void>((resolve) => void clock.after(gatheringMs, resolve));
    next = before.then(begin, begin);
    return next;
  };
  const schedule = (delay: number | undefined): void => {
    timer?.dispose();
    timer = undefined;
    if (delay === undefined || subscribers.size === 0) return;
    timer = clock.after(delay, () => void take().finally(() => schedule(pause())));
  };
  const pause = (): number | undefined => {
    const { backgroundScan } = table;
    if (backgroundScan === undefined) return undefined;
    if (backgroundScan === 'onSigns') return quiet < looksAfterSign ? secondLookDelayMs : undefined;
    const factor = quiet < quietLooks ? 1 : settledFactor;
    return onGrid(factor * backgroundScan, clock.elapsed());
  };
  const expectChange = (): void => {
    quiet = 0;
    schedule(table.backgroundScan === undefined ? undefined : firstLookDelayMs);
  };

  return {
    take,
    expectChange,
    subscribe(see) {
      subscribers.add(see);
      expectChange();
      return {
        dispose: () => {
          subscribers.delete(see);
          if (subscribers.size > 0) return;
          schedule(undefined);
          sight.forget();
        },
      };
    },
  };
}
