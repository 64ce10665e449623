/** Looks at all processes, and recognises that they are the same as at the look before. */
import type { ProcessRow, Reading } from '../../core/model/process';
import { known, startTimeToleranceMs } from '../../core/model/process';
import { hasSameKeys } from '../../core/model/sameKeys';
import type { SystemProcessTable } from '../processTable/index';
import { createSnapshot, type Snapshot, type Surroundings } from './snapshot';
import { userBrowsers } from './userBrowsers';

export interface Sight {
  /** The very snapshot of the look before while the same processes run: by that, trees see that they have nothing to do. */
  look(): Promise<Reading<Snapshot>>;
  /** Keeps nothing of the looks before. */
  forget(): void;
}

/** What a look has read, with what was made of it. */
interface Seen {
  readonly rows: readonly ProcessRow[];
  readonly surroundings: Surroundings;
  readonly snapshot: Snapshot;
}

export function createSight(table: Pick<SystemProcessTable, 'scan' | 'markers' | 'describe'>): Sight {
  let seen: Seen | undefined;
  return {
    async look() {
      const scanned = await table.scan();
      if (scanned.kind === 'unavailable') return scanned;
      const rows = scanned.value;
      const markers = await table.markers(rows);
      const surroundings = { markers, self: process.pid, browsers: await userBrowsers(rows, markers, table) };
      if (seen === undefined || !isSame(rows, seen.rows) || !isAround(surroundings, seen.surroundings))
        seen = { rows, surroundings, snapshot: createSnapshot(rows, surroundings) };
      return known(seen.snapshot);
    },
    forget() {
      seen = undefined;
    },
  };
}

const isSame = (rows: readonly ProcessRow[], before: readonly ProcessRow[]): boolean =>
  rows.length === before.length && rows.every((row, index) => isUnchanged(row, before[index]));

const isUnchanged = (row: ProcessRow, before: ProcessRow | undefined): boolean =>
  before?.pid === row.pid &&
  row.born === before.born &&
  row.state === before.state &&
  row.command === before.command &&
  hasSamePlace(row, before) &&
  Math.abs(row.startedAt - before.startedAt) < startTimeToleranceMs;

const hasSamePlace = (row: ProcessRow, before: ProcessRow): boolean =>
  row.ppid === before.ppid && row.pgid === before.pgid && row.sid === before.sid;

const isAround = (now: Surroundings, before: Surroundings): boolean =>
  now.markers.size === before.markers.size &&
  [...now.markers].every(([pid, marker]) => before.markers.get(pid) === marker) &&
  hasSameKeys(now.browsers, before.browsers);
