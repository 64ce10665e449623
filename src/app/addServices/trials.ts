/** Tries services one after another: two at once could take each other's ports. */
import type { TrialOutcome } from '../../core/addServices/trial';
import { endOwner } from '../run/endOwner';
import { windowOf } from '../sharing/windows';
import type { LedgerEntry } from '../ports';
import { tryService } from './trial';
import type { Trying, TrialWorld } from './trial';

export class Trials {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly world: TrialWorld) {}

  /** Waits for those that were asked for before. */
  try(trying: Trying): Promise<TrialOutcome> {
    trying.tell({ kind: 'waiting' });
    const outcome = this.#last.then(() => tryService(trying, this.world));
    this.#last = outcome.catch(() => undefined);
    return outcome;
  }
}

/** A window that was closed or reloaded in the middle of a test run could not end it: the next one does. That of a live window goes on. */
export async function endLeftOverTrials(
  noted: readonly LedgerEntry[],
  { clock, ledger, log, processes, trees }: TrialWorld,
): Promise<void> {
  for (const note of noted) {
    if (windowOf(note, processes) === 'alive') continue;
    const { folder, key, process, command, startedAt } = note;
    if (processes.isAlive(process)) {
      log.info(`${key}: ends pid ${process.pid} (${command}), which a try in an earlier window left running.`);
      await endOwner({ process, command, startedAt, origin: 'ours' }, trees, clock);
    }
    ledger.remove(folder, key);
  }
}
