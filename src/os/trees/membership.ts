/** Which processes belong to a service. Pure: from one snapshot and what is remembered. */
import type { ProcessIdentity, ProcessRow } from '../../core/model/process';
import { processKey, startTimeToleranceMs, unverified } from '../../core/model/process';
import type { Snapshot } from './snapshot';

/** A process that was seen in the tree. */
export interface RememberedProcess extends ProcessIdentity {
  /** ms since the epoch; absent where it is not known. */
  readonly startedAt?: number;
}

/** Every process that was ever seen in the tree, by `processKey`. */
export type Remembered = ReadonlyMap<string, RememberedProcess>;

/**
 * Returns the living members: processes that carry the run's marker, were remembered, are in a group or session led by a remembered
 * process, or descend from any of these, alive or dead. This process and its ancestors are never members, nor is anything found through them.
 * A process whose start time could not be read is a member by its pid, unverified; nothing is found through it.
 */
export function membersOf(snapshot: Snapshot, marker: string, remembered: Remembered): readonly ProcessRow[] {
  const found = new Map<number, ProcessRow>();
  const add = (row: ProcessRow): void => {
    if (row.pid > 1 && !snapshot.untouchable.has(row.pid)) found.set(row.pid, row);
  };
  const unproven = new Map<number, ProcessRow>();
  snapshot.byMarker.get(marker)?.forEach(add);
  for (const each of remembered.values()) {
    const { pid, born } = each;
    const row = snapshot.byPid.get(pid);
    if (born === unverified) {
      if (row !== undefined && !snapshot.untouchable.has(pid)) unproven.set(pid, { ...row, born });
      continue;
    }
    if (row?.born === born) add(row);
    else orphansOf(each, snapshot).forEach(add);
    if (!isOurs(row, remembered)) continue;
    snapshot.byGroup.get(pid)?.forEach(add);
    snapshot.bySession.get(pid)?.forEach(add);
  }
  addDescendants(snapshot, found, add);
  const proven = [...found.values()];
  return [...proven, ...[...unproven.values()].filter(({ pid }) => !found.has(pid))].filter((row) => row.state !== 'zombie');
}

/**
 * The system does not give the number of a group or session to a new process while it lasts, so the number of a dead
 * leader stays ours unless another process has it as its pid now.
 */
const isOurs = (row: ProcessRow | undefined, remembered: Remembered): boolean =>
  row === undefined || remembered.has(processKey(row));

/**
 * Windows keeps the number of a dead parent in its children. Those that started before another process got the number, and not before
 * the dead one itself, are its own. Other systems give orphans another parent, so that there are none to find.
 */
function orphansOf({ pid, startedAt }: RememberedProcess, { byParent, byPid }: Snapshot): readonly ProcessRow[] {
  if (startedAt === undefined) return [];
  const successor = byPid.get(pid);
  return (byParent.get(pid) ?? []).filter(
    (child) =>
      child.startedAt >= startedAt - startTimeToleranceMs && (successor === undefined || child.startedAt < successor.startedAt),
  );
}

function addDescendants(snapshot: Snapshot, found: ReadonlyMap<number, ProcessRow>, add: (row: ProcessRow) => void): void {
  // The map grows during the iteration.
  for (const parent of found.values()) {
    for (const child of snapshot.byParent.get(parent.pid) ?? []) {
      // Windows keeps the number of a dead parent; a child older than its parent is not its child.
      if (!found.has(child.pid) && child.startedAt >= parent.startedAt - startTimeToleranceMs) add(child);
    }
  }
}

/** Returns what to remember after a look: the living members, and the dead ones that a process still refers to. */
export function stillNeeded(snapshot: Snapshot, members: readonly ProcessRow[], remembered: Remembered): Remembered {
  const isUsed = (pid: number): boolean => snapshot.byParent.has(pid) || snapshot.byGroup.has(pid) || snapshot.bySession.has(pid);
  const kept = new Map([...remembered].filter(([, { pid }]) => isUsed(pid)));
  for (const member of members) {
    const { pid, born, startedAt } = member;
    kept.set(processKey(member), { pid, born, startedAt });
  }
  return kept;
}

/**
 * Process groups with members only, including groups that were seen earlier and are empty now: a chain of processes that fork
 * and exit faster than a look takes is in none of the looks, and yet a signal to the group reaches it.
 */
export function ownGroups(snapshot: Snapshot, members: readonly ProcessRow[], before: ReadonlySet<number>): ReadonlySet<number> {
  const ours = new Set(members.map(({ pid }) => pid));
  const isForeign = (row: ProcessRow | undefined): boolean => row !== undefined && row.state !== 'zombie' && !ours.has(row.pid);
  const candidates = new Set([...before, ...members.flatMap(({ pgid }) => pgid ?? [])]);
  const own = [...candidates].filter(
    (group) => group > 1 && !isForeign(snapshot.byPid.get(group)) && !snapshot.byGroup.get(group)?.some(isForeign),
  );
  return new Set(own);
}
