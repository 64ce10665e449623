/** Performs test runs one after another: two at once could take each other's ports. */
import type { TestRunOutcome } from '../../core/addServices/testRun';
import { withoutSecrets } from '../../core/wording/secrets';
import { endOwner } from '../run/endOwner';
import { windowOf } from '../sharing/windows';
import type { LedgerEntry } from '../ports';
import { performTestRun } from './testRun';
import type { TestRunRequest } from './testRun';
import { performTrial } from './trial';
import type { TestRunWorld, TrialRequest } from './trial';

export class TestRuns {
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly world: TestRunWorld) {}

  /** Waits for the test runs that were requested before. */
  run(request: TestRunRequest): Promise<TestRunOutcome> {
    request.report({ kind: 'waiting' });
    return this.#after(() => performTestRun(request, this.world));
  }

  /** Tries several services together, also after those that were requested before. */
  runAll(request: TrialRequest): Promise<ReadonlyMap<string, TestRunOutcome>> {
    for (const { id } of request.specs) request.report(id, { kind: 'waiting' });
    return this.#after(() => performTrial(request, this.world));
  }

  #after<T>(perform: () => Promise<T>): Promise<T> {
    const outcome = this.#last.then(perform);
    this.#last = outcome.catch(() => undefined);
    return outcome;
  }
}

/** Ends test runs of windows that are gone: they were closed or reloaded meanwhile. A test run of a live window continues. */
export async function endLeftOverTestRuns(
  noted: readonly LedgerEntry[],
  { clock, ledger, log, processes, trees }: TestRunWorld,
): Promise<void> {
  for (const entry of noted) {
    if (windowOf(entry, processes) === 'alive') continue;
    const { key, process, command } = entry;
    if (processes.isAlive(process)) {
      log.info(
        `${key}: ends pid ${process.pid} (${withoutSecrets(command)}), which a test run in an earlier window left running.`,
      );
      await endOwner({ process }, trees, clock);
    }
    ledger.remove(entry);
  }
}
