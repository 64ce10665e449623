/** Finds what an earlier window, or an extension host that crashed, left running. */
import type { ServiceSpec } from '../core/model/service';
import type { Clock, Ledger, Log, ProcessTable } from './ports';
import type { Supervisor } from './supervisor';

export interface Adoption {
  readonly ledger: Ledger;
  readonly processes: ProcessTable;
  readonly supervisor: Supervisor;
  readonly log: Log;
}

/**
 * To be called whenever the files were read: a service may be named again that was not while its file was broken.
 * Adopts every service whose remembered process, and no other with its pid, is alive; forgets the others.
 */
export async function adoptRunning(
  specs: readonly ServiceSpec[],
  { ledger, processes, supervisor, log }: Adoption,
): Promise<void> {
  for (const { id, folder, key } of specs) {
    const entry = supervisor.isBusy(id) ? undefined : ledger.read(folder, key);
    if (entry === undefined) continue;
    const found = await processes.identify(entry.process.pid);
    if (found.kind === 'unavailable') log.warn(`${id}: pid ${entry.process.pid} could not be looked at: ${found.why}`);
    else if (found.value?.born === entry.process.born) supervisor.adopt(id, entry);
    else {
      log.info(`${id}: pid ${entry.process.pid} ended while no window watched it`);
      ledger.remove(entry);
    }
  }
}

/** A process that the editor started by itself, as "Rerun Task" in a terminal's menu does. */
export interface Newcomer {
  readonly spec: ServiceSpec;
  readonly pid: number;
  /** Unique, as every run's id. */
  readonly run: string;
}

/** A rerun ends the old process first; this long (ms) it is given to be gone. */
const handOver = 5000;

/** Takes the newcomer as the service's process; 'copy' when another one of the service goes on beside it. */
export async function adoptNewcomer(
  { spec, pid, run }: Newcomer,
  { processes, supervisor }: Adoption,
  clock: Clock,
): Promise<'adopted' | 'copy' | 'gone'> {
  const born = await processes.identify(pid);
  if (born.kind === 'unavailable' || born.value === undefined) return 'gone';
  const until = clock.now() + handOver;
  while (supervisor.isBusy(spec.id) && clock.now() < until) {
    await new Promise<void>((resolve) => clock.after(50, resolve));
  }
  if (supervisor.isBusy(spec.id)) return 'copy';
  const entry = { folder: spec.folder, key: spec.key, run, process: born.value, startedAt: clock.now() };
  supervisor.adopt(spec.id, entry);
  return 'adopted';
}
