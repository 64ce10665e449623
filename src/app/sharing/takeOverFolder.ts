/** What a window does when it becomes the one that supervises a folder: continues what runs, and adopts what no window watched. */
import { initialState } from '../../core/lifecycle/state';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import type { ProcessIdentity } from '../../core/model/process';
import { endedUnseen } from '../../core/model/process';
import { adoptRunning } from '../adoption';
import type { Adoption, WorkspacePlace } from '../adoption';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import { noteOf } from '../ledger';
import type { LedgerEntry, ProcessTrees } from '../ports';
import type { Launches } from './sharedTerminals';

export interface TakeOverParts extends Adoption {
  readonly trees: Pick<ProcessTrees, 'open'>;
  readonly launches: Pick<Launches, 'left' | 'over'>;
  /** Undefined when the folder is no part of the workspace any more. */
  readonly place: WorkspacePlace | undefined;
}

/** `current`: the states shown here are the last ones of the window before; `stale`: others may have come after them. */
export type Knowledge = 'current' | 'stale';

/** A task that was handed over just before its window went has its process within this time. */
const launchMs = 700;

export async function takeOverFolder(services: readonly Service[], knowledge: Knowledge, parts: TakeOverParts): Promise<void> {
  await Promise.all(services.map((service) => takeOver(service, knowledge, parts)));
  await adoptRunning(parts.place === undefined ? [] : [parts.place], parts);
}

async function takeOver({ spec, state }: Service, knowledge: Knowledge, parts: TakeOverParts): Promise<void> {
  const { lifecycle } = state;
  const { ledger, supervisor } = parts;
  const living = await livingNote(spec, lifecycle, parts);
  // Signed by this window from now on.
  if (living !== undefined) ledger.write(living);
  const isOther = living !== undefined && living.run !== lifecycle.run;
  const isUnknown = knowledge === 'stale' && living === undefined && lifecycle.kind !== 'external';
  // What is shown is not what happened last: it is adopted as found, and a stop that was not seen here is never taken for a crash.
  if (!isAtRest(lifecycle) && (isOther || isUnknown)) supervisor.follow(spec.id, initialState);
  else supervisor.takeOver(spec.id, living?.process);
}

/** What runs: by the ledger, by what the other window reported, or, when its launch was under way, by the run that its process carries. */
async function livingNote(spec: ServiceSpec, lifecycle: Lifecycle, parts: TakeOverParts): Promise<LedgerEntry | undefined> {
  const { folder, key } = spec;
  const { ledger, processes, launches, clock } = parts;
  const note = ledger.read(folder, key);
  if (note !== undefined && processes.isAlive(note.process)) return note;
  const followed = followedProcess(lifecycle);
  if (lifecycle.run !== undefined && followed !== undefined && processes.isAlive(followed))
    return noteOf(spec, { run: lifecycle.run, process: followed, cwd: folder, startedAt: startOf(lifecycle) ?? clock.now() });
  const run = launches.left(folder, key) ?? (isLaunchPending(lifecycle) ? lifecycle.run : undefined);
  if (run === undefined) return undefined;
  const process = await findLaunched(run, parts);
  launches.over(folder, key);
  if (process === undefined) return undefined;
  return noteOf(spec, { run, process, cwd: folder, startedAt: clock.now() });
}

/** Its process as the other window reported it: the proof when the disk was full, or did not take the note. */
const followedProcess = (lifecycle: Lifecycle): ProcessIdentity | undefined =>
  'process' in lifecycle && lifecycle.kind !== 'external' ? lifecycle.process : undefined;

/** What is known of a service that only the other window knows; undefined while it has no process. */
export function reportedEntry(service: ServiceIdentity, lifecycle: Lifecycle, now: number): LedgerEntry | undefined {
  const process = followedProcess(lifecycle);
  if (process === undefined || lifecycle.run === undefined) return undefined;
  const { folder, key } = service;
  return { folder, key, run: lifecycle.run, process, command: key, cwd: folder, startedAt: startOf(lifecycle) ?? now };
}

const startOf = (lifecycle: Lifecycle): number | undefined => ('startedAt' in lifecycle ? lifecycle.startedAt : undefined);

const isAtRest = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'stopped' ||
  lifecycle.kind === 'exited' ||
  (lifecycle.kind === 'failed' && lifecycle.failure.kind !== 'cannotStop');

/** Its process was not reported before the other window went. */
const isLaunchPending = (lifecycle: Lifecycle): lifecycle is Extract<Lifecycle, { kind: 'launching' | 'stopping' }> =>
  lifecycle.kind === 'launching' ||
  (lifecycle.kind === 'stopping' && lifecycle.process === undefined && lifecycle.phase === 'asked');

/** The process that carries the run in its environment, where the system shows that; the topmost of them. */
async function findLaunched(run: string, { trees, clock }: TakeOverParts): Promise<ProcessIdentity | undefined> {
  // No process has this pid, so that only the run finds members.
  const tree = trees.open({ process: { pid: -1, born: endedUnseen }, marker: run });
  try {
    for (const isLast of [false, true]) {
      const members = await tree.members();
      const rows = members.kind === 'known' ? members.value : [];
      const pids = new Set(rows.map(({ pid }) => pid));
      const top = rows.find(({ ppid }) => !pids.has(ppid));
      if (top !== undefined) return { pid: top.pid, born: top.born };
      if (!isLast) await new Promise<void>((resolve) => void clock.after(launchMs, resolve));
    }
    return undefined;
  } finally {
    tree.dispose();
  }
}
