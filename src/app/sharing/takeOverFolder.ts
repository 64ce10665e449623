/** What a window does when it becomes the one that supervises a folder: continues what runs, and adopts what nobody watched. */
import { initialState } from '../../core/lifecycle/state';
import type { Lifecycle, Service } from '../../core/lifecycle/state';
import type { ProcessIdentity } from '../../core/model/process';
import { adoptRunning } from '../adoption';
import type { Adoption } from '../adoption';
import type { Clock, ProcessTrees } from '../ports';

export interface TakeOverParts extends Adoption {
  readonly trees: Pick<ProcessTrees, 'open'>;
  readonly clock: Pick<Clock, 'after'>;
}

/** `current`: the states shown here are the last ones of the window before; `stale`: others may have come after them. */
export type Knowledge = 'current' | 'stale';

/** A task that was handed over just before its window went has its process within this time. */
const launchMs = 700;

export async function takeOverFolder(services: readonly Service[], knowledge: Knowledge, parts: TakeOverParts): Promise<void> {
  await Promise.all(services.map((service) => takeOver(service, knowledge, parts)));
  await adoptRunning(
    services.map(({ spec }) => spec),
    parts,
  );
}

async function takeOver({ spec, state }: Service, knowledge: Knowledge, parts: TakeOverParts): Promise<void> {
  const { lifecycle } = state;
  const { ledger, processes, supervisor } = parts;
  const note = ledger.read(spec.folder, spec.key);
  const living = note !== undefined && processes.isAlive(note.process) ? note : undefined;
  // Signed by this window from now on.
  if (living !== undefined) ledger.write(living);
  const launched = isLaunchPending(lifecycle) ? await findLaunched(lifecycle.run, parts) : undefined;
  const found = launched ?? living?.process;
  const isOther = living !== undefined && living.run !== lifecycle.run;
  const isUnknown = knowledge === 'stale' && found === undefined && lifecycle.kind !== 'external';
  // What is shown is not what happened last: it is adopted as found, and a stop that was not seen here is never taken for a crash.
  if (!isAtRest(lifecycle) && (isOther || isUnknown)) supervisor.follow(spec.id, initialState);
  else supervisor.takeOver(spec.id, found);
}

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
  const tree = trees.open({ process: { pid: -1, born: '' }, marker: run });
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
