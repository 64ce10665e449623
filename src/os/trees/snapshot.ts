/** One look at all processes, indexed once for all the trees that read it: with a hundred trees each must cost only its own size. */
import type { ProcessIdentity, ProcessRow } from '../../core/process';

export interface Snapshot {
  readonly byPid: ReadonlyMap<number, ProcessRow>;
  readonly byParent: Groups<number>;
  readonly byGroup: Groups<number>;
  readonly bySession: Groups<number>;
  readonly byMarker: Groups<string>;
  /** Us and our ancestors, which are never members: ending those would end the editor. */
  readonly untouchable: ReadonlySet<number>;
}

type Groups<K> = ReadonlyMap<K, readonly ProcessRow[]>;

export const keyOf = (process: ProcessIdentity): string => `${process.pid} ${process.born}`;

/** `markers` are the run markers by pid, `self` is our own pid. */
export function createSnapshot(rows: readonly ProcessRow[], markers: ReadonlyMap<number, string>, self: number): Snapshot {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  return {
    byPid,
    byParent: groupBy(rows, (row) => row.ppid),
    byGroup: groupBy(rows, (row) => row.pgid),
    bySession: groupBy(rows, (row) => row.sid),
    byMarker: groupBy(rows, (row) => markers.get(row.pid)),
    untouchable: ancestry(byPid, self),
  };
}

function groupBy<K>(rows: readonly ProcessRow[], key: (row: ProcessRow) => K | undefined): Groups<K> {
  const groups = new Map<K, ProcessRow[]>();
  for (const row of rows) {
    const name = key(row);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return groups;
}

function ancestry(byPid: ReadonlyMap<number, ProcessRow>, self: number): ReadonlySet<number> {
  const line = new Set<number>();
  for (let pid: number | undefined = self; pid !== undefined && pid > 1 && !line.has(pid); pid = byPid.get(pid)?.ppid)
    line.add(pid);
  return line;
}
