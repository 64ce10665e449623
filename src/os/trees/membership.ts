/** Which processes belong to a service. Pure: from one snapshot and what is remembered. */
import type { ProcessIdentity, ProcessRow } from '../../core/process';
import type { Snapshot } from './census';

/** Whoever was ever seen in the tree, by `keyOf`. */
export type Remembered = ReadonlyMap<string, ProcessIdentity>;

export const keyOf = (process: ProcessIdentity): string => `${process.pid} ${process.born}`;

/**
 * The living members: who carries the run's marker, was remembered, is in a group or session led by a remembered
 * process, or descends from any of these. `untouchable` are never members, nor is anything found through them.
 */
export function membersOf(
  snapshot: Snapshot,
  marker: string,
  remembered: Remembered,
  untouchable: ReadonlySet<number>,
): readonly ProcessRow[] {
  const rows = snapshot.rows.filter((row) => row.pid > 1 && !untouchable.has(row.pid));
  const leaders = ownNumbers(snapshot.rows, remembered);
  const led = (number: number | undefined): boolean => number !== undefined && leaders.has(number);
  const found = new Map<number, ProcessRow>();
  for (const row of rows) {
    const isSeed = remembered.has(keyOf(row)) || snapshot.markers.get(row.pid) === marker || led(row.pgid) || led(row.sid);
    if (isSeed) found.set(row.pid, row);
  }
  addDescendants(rows, found);
  return [...found.values()].filter((row) => row.state !== 'zombie');
}

/**
 * Numbers of groups and sessions that are ours. The system does not give a number to a new process while a group or
 * session still bears it, so only a stranger who now has it as a pid can make it another's.
 */
function ownNumbers(rows: readonly ProcessRow[], remembered: Remembered): ReadonlySet<number> {
  const numbers = new Set([...remembered.values()].map(({ pid }) => pid));
  for (const row of rows) if (numbers.has(row.pid) && !remembered.has(keyOf(row))) numbers.delete(row.pid);
  return numbers;
}

/** Clocks of some systems count whole seconds. In ms. */
const tolerance = 1000;

function addDescendants(rows: readonly ProcessRow[], found: Map<number, ProcessRow>): void {
  const children = new Map<number, ProcessRow[]>();
  for (const row of rows) {
    const siblings = children.get(row.ppid);
    if (siblings === undefined) children.set(row.ppid, [row]);
    else siblings.push(row);
  }
  // The set grows while it is walked.
  for (const parent of found.values()) {
    for (const child of children.get(parent.pid) ?? []) {
      // Windows keeps the number of a dead parent; a child older than its parent is not its child.
      if (child.startedAt >= parent.startedAt - tolerance && !found.has(child.pid)) found.set(child.pid, child);
    }
  }
}

/** Us and our ancestors: ending those would end the editor. */
export function untouchables(rows: readonly ProcessRow[], self: number): ReadonlySet<number> {
  const parents = new Map(rows.map((row) => [row.pid, row.ppid]));
  const line = new Set<number>();
  for (let pid: number | undefined = self; pid !== undefined && pid > 1 && !line.has(pid); pid = parents.get(pid)) line.add(pid);
  return line;
}

/** What has to be remembered after a look: who lives, and the dead whose group or session still has somebody in it. */
export function stillNeeded(rows: readonly ProcessRow[], members: readonly ProcessRow[], remembered: Remembered): Remembered {
  const used = new Set(rows.flatMap((row) => [row.ppid, row.pgid, row.sid]));
  const kept = new Map([...remembered].filter(([, { pid }]) => used.has(pid)));
  for (const member of members) kept.set(keyOf(member), { pid: member.pid, born: member.born });
  return kept;
}

/**
 * Process groups in which everybody is a member, also those seen so before and empty now: a chain of processes that fork
 * and exit faster than a look takes is in none of them, and yet a signal for the group reaches it.
 */
export function ownGroups(
  rows: readonly ProcessRow[],
  members: readonly ProcessRow[],
  before: ReadonlySet<number>,
): ReadonlySet<number> {
  const ours = new Set(members.map(({ pid }) => pid));
  const groups = new Set([...before, ...members.flatMap(({ pgid }) => pgid ?? [])]);
  for (const row of rows) {
    if (ours.has(row.pid) || row.state === 'zombie') continue;
    groups.delete(row.pid);
    if (row.pgid !== undefined) groups.delete(row.pgid);
  }
  return new Set([...groups].filter((group) => group > 1));
}
