/** One service's processes: remembered from the start, so that none can slip away. */
import type { ProcessTree, TreeRoot } from '../../app/ports';
import { defined } from '../../core/model/defined';
import { known, processKey } from '../../core/model/process';
import { hasSameKeys } from '../../core/model/sameKeys';
import type { Census } from './census';
import { departure } from './departure';
import { interruptTree } from './interrupt';
import { killTree } from './kill';
import { membersOf, ownGroups, type Remembered, stillNeeded } from './membership';
import type { Look, Members, TreeParts } from './parts';
import type { Snapshot } from './snapshot';

/** What a snapshot showed of the tree. */
interface Seen {
  readonly snapshot: Snapshot;
  readonly look: Look;
  /** Whether it remembers other processes since. */
  readonly hasOthers: boolean;
}

export function openTree(root: TreeRoot, census: Census, parts: TreeParts): ProcessTree {
  const { processTable } = parts;
  const startedAt = processTable.startOf?.(root.process);
  let remembered: Remembered = new Map([[processKey(root.process), { ...root.process, ...defined({ startedAt }) }]]);
  let groups: ReadonlySet<number> = new Set();
  /** The latest, when it left everything as it was: the same snapshot would again. */
  let settled: Seen | undefined;
  const see = (snapshot: Snapshot): Seen => {
    if (settled?.snapshot === snapshot) return settled;
    const before = { remembered, groups };
    const members = membersOf(snapshot, root.marker, remembered);
    remembered = stillNeeded(snapshot, members, remembered);
    groups = ownGroups(snapshot, members, groups);
    const seen = { snapshot, look: { members, groups }, hasOthers: !hasSameKeys(before.remembered, remembered) };
    settled = seen.hasOthers || !hasSameKeys(before.groups, groups) ? undefined : seen;
    return seen;
  };
  const subscription = census.subscribe((snapshot) => see(snapshot).hasOthers);
  const members: Members = {
    root,
    async look() {
      const snapshot = await census.take();
      return snapshot.kind === 'known' ? known(see(snapshot.value).look) : snapshot;
    },
    anyAlive: () => [...remembered.values()].some((each) => processTable.isAlive(each)),
    remembered: () => [...remembered.values()],
  };
  return {
    async members() {
      const look = await members.look();
      return look.kind === 'known' ? known(await processTable.describe(look.value.members)) : look;
    },
    known: () => members.remembered(),
    interrupt: (signal) => interruptTree(members, processTable, signal),
    gone: (signal) => departure(members, parts, signal),
    kill: () => killTree(members, parts),
    expectChange: () => census.expectChange(),
    dispose: () => subscription.dispose(),
  };
}
