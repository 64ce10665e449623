/** Which processes belong to a service. Pure: from one snapshot and what is remembered. */
import type { ProcessIdentity, ProcessRow } from '../../core/model/process';
import { keyOf, type Snapshot } from './snapshot';

/** Whoever was ever seen in the tree, by `keyOf`. */
export type Remembered = ReadonlyMap<string, ProcessIdentity>;

/**
 * The living members: who carries the run's marker, was remembered, is in a group or session led by a remembered
 * process, or descends from any of these. We and our ancestors are never members, nor is anything found through us.
 */
export function membersOf(snapshot: Snapshot, marker: string, remembered: Remembered): readonly ProcessRow[] {
  const found = new Map<number, ProcessRow>();
  const add = (row: ProcessRow): void => {
    if (row.pid > 1 && !snapshot.untouchable.has(row.pid)) found.set(row.pid, row);
  };
  snapshot.byMarker.get(marker)?.forEach(add);
  for (const { pid, born } of remembered.values()) {
    const row = snapshot.byPid.get(pid);
    if (row?.born === born) add(row);
    if (!isOurs(row, remembered)) continue;
    snapshot.byGroup.get(pid)?.forEach(add);
    snapshot.bySession.get(pid)?.forEach(add);
  }
  addDescendants(snapshot, found, add);
  return [...found.values()].filter((row) => row.state !== 'zombie');
}

/**
 * The system does not give the number of a group or session to a new process while it lasts, so the number of a dead
 * leader stays ours unless a stranger has it as a pid now.
 */
const isOurs = (row: ProcessRow | undefined, remembered: Remembered): boolean => row === undefined || remembered.has(keyOf(row));

/** Clocks of some systems count whole seconds. In ms. */
const tolerance = 1000;

function addDescendants(snapshot: Snapshot, found: ReadonlyMap<number, ProcessRow>, add: (row: ProcessRow) => void): void {
  // The map grows while it is walked.
  for (const parent of found.values()) {
    for (const child of snapshot.byParent.get(parent.pid) ?? []) {
      // Windows keeps the number of a dead parent; a child older than its parent is not its child.
      if (!found.has(child.pid) && child.startedAt >= parent.startedAt - tolerance) add(child);
    }
  }
}

/** What has to be remembered after a look: who lives, and the dead to whom somebody still refers. */
export function stillNeeded(snapshot: Snapshot, members: readonly ProcessRow[], remembered: Remembered): Remembered {
  const isUsed = (pid: number): boolean => snapshot.byParent.has(pid) || snapshot.byGroup.has(pid) || snapshot.bySession.has(pid);
  const kept = new Map([...remembered].filter(([, { pid }]) => isUsed(pid)));
  for (const member of members) kept.set(keyOf(member), { pid: member.pid, born: member.born });
  return kept;
}

/**
 * Process groups in which everybody is a member, also those seen so before and empty now: a chain of processes that fork
 * and exit faster than a look takes is in none of them, and yet a signal for the group reaches it.
 */
export function ownGroups(snapshot: Snapshot, members: readonly ProcessRow[], before: ReadonlySet<number>): ReadonlySet<number> {
  const ours = new Set(members.map(({ pid }) => pid));
  const isStranger = (row: ProcessRow | undefined): boolean => row !== undefined && row.state !== 'zombie' && !ours.has(row.pid);
  const candidates = new Set([...before, ...members.flatMap(({ pgid }) => pgid ?? [])]);
  const own = [...candidates].filter(
    (group) => group > 1 && !isStranger(snapshot.byPid.get(group)) && !snapshot.byGroup.get(group)?.some(isStranger),
  );
  return new Set(own);
}
