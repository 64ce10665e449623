/** One look at all processes, indexed once for all the trees that read it: with a hundred trees each must cost only its own size. */
import type { ProcessRow } from '../../core/model/process';

export interface Snapshot {
  readonly byPid: ReadonlyMap<number, ProcessRow>;
  readonly byParent: Groups<number>;
  readonly byGroup: Groups<number>;
  readonly bySession: Groups<number>;
  readonly byMarker: Groups<string>;
  /** Never members: this process and its ancestors, since ending those would end the editor, and the user's browsers with all they started. */
  readonly untouchable: ReadonlySet<number>;
}

type Groups<K> = ReadonlyMap<K, readonly ProcessRow[]>;

/** What a snapshot is made of besides the rows. */
export interface Surroundings {
  /** The run markers by pid. */
  readonly markers: ReadonlyMap<number, string>;
  /** Our own pid. */
  readonly self: number;
  /** Pids of browsers that the user works in. */
  readonly browsers: ReadonlySet<number>;
}

export function createSnapshot(rows: readonly ProcessRow[], { markers, self, browsers }: Surroundings): Snapshot {
  const byPid = new Map(rows.map((row) => [row.pid, row]));
  const byParent = groupBy(rows, (row) => row.ppid);
  return {
    byPid,
    byParent,
    byGroup: groupBy(rows, (row) => row.pgid),
    bySession: groupBy(rows, (row) => row.sid),
    byMarker: groupBy(rows, (row) => markers.get(row.pid)),
    untouchable: new Set([...ancestry(byPid, self), ...withDescendants(browsers, byParent)]),
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

function withDescendants(pids: ReadonlySet<number>, byParent: Groups<number>): ReadonlySet<number> {
  const all = new Set(pids);
  // The set grows during the iteration.
  for (const pid of all) for (const child of byParent.get(pid) ?? []) all.add(child.pid);
  return all;
}

function ancestry(byPid: ReadonlyMap<number, ProcessRow>, self: number): ReadonlySet<number> {
  const line = new Set<number>();
  for (let pid: number | undefined = self; pid !== undefined && pid > 1 && !line.has(pid); pid = byPid.get(pid)?.ppid)
    line.add(pid);
  return line;
}
