/** Shows services in VS Code's Test Explorer, with their health and their checks as tests. */
import * as vscode from 'vscode';
import { inParallel } from '../../app/inParallel';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';
import type { Watch } from '../../app/checks/runChecks';
import type { CheckOutcome } from '../../core/checks/checks';
import { t } from '../../core/wording/l10n';
import type { Suite } from '../../core/checks/checkSuites';
import { keepItems } from './items';
import type { SuiteFile } from './items';
import { report } from './report';

/** Services whose checks run at the same time. */
const maxParallelServices = 4;

export interface Source {
  suites(): readonly Suite[];
  files(): readonly SuiteFile[];
  /** Returns no outcomes for a service that was removed meanwhile. */
  run(id: string, watch: Watch): Promise<readonly CheckOutcome[]>;
}

export class CheckExplorer implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #controller = this.#lifetime.add(vscode.tests.createTestController('serviceLifecycle.checks', 'Services'));
  /** Not a default one, so that a profile of the project's own tests stays the default (Run All runs one of each extension). */
  readonly #profile;

  constructor(private readonly source: Source) {
    const handler = async (request: vscode.TestRunRequest): Promise<void> => {
      await this.#run(request);
    };
    this.#profile = this.#lifetime.add(
      this.#controller.createRunProfile(t('Run Checks'), vscode.TestRunProfileKind.Run, handler, false),
    );
  }

  /** Call it when the configuration has changed. */
  refresh(): void {
    keepItems(this.#controller, this.source.suites(), this.source.files());
  }

  /**
   * Runs all tests of one service, in the Test Explorer if it lists the service. Returns undefined when cancelled, and no
   * outcomes when there are no tests.
   */
  async run(id: string): Promise<readonly CheckOutcome[] | undefined> {
    const suite = this.#controller.items.get(id);
    return suite === undefined
      ? this.source.run(id, unwatched)
      : this.#run(new vscode.TestRunRequest([suite], undefined, this.#profile));
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #run(request: vscode.TestRunRequest): Promise<readonly CheckOutcome[] | undefined> {
    const run = this.#controller.createTestRun(request, 'Services');
    const chosen = chosenOf(request, this.#controller.items);
    for (const tests of chosen.values()) for (const test of tests.values()) run.enqueued(test);
    try {
      const outcomes = await inParallel([...chosen], maxParallelServices, ([id, tests]) => this.#runSuite(id, tests, run));
      return run.token.isCancellationRequested ? undefined : outcomes.flat();
    } finally {
      run.end();
    }
  }

  async #runSuite(id: string, tests: Tests, run: vscode.TestRun): Promise<readonly CheckOutcome[]> {
    const abort = new AbortController();
    const cancelled = run.token.onCancellationRequested(() => abort.abort());
    if (run.token.isCancellationRequested) abort.abort();
    const showIn = (test: { readonly id: string }, show: (item: vscode.TestItem) => void): void => {
      const item = tests.get(test.id);
      if (item !== undefined) show(item);
    };
    try {
      return await this.source.run(id, {
        signal: abort.signal,
        wants: (test) => tests.has(test.id),
        began: (test) => showIn(test, (item) => run.started(item)),
        ended: (test, outcome) => showIn(test, (item) => report(run, item, outcome)),
      });
    } finally {
      cancelled.dispose();
    }
  }
}

/** Of tests that are not in the Test Explorer. */
const unwatched: Watch = {
  signal: new AbortController().signal,
  wants: () => true,
  began: () => undefined,
  ended: () => undefined,
};

/** Tests of one service by id. */
type Tests = ReadonlyMap<string, vscode.TestItem>;

/** Returns the chosen tests by service. A request without a choice means all. */
function chosenOf(
  { include, exclude = [] }: vscode.TestRunRequest,
  suites: vscode.TestItemCollection,
): ReadonlyMap<string, Tests> {
  const excluded = new Set(exclude);
  const chosen = new Map<string, Map<string, vscode.TestItem>>();
  const add = (item: vscode.TestItem): void => {
    if (excluded.has(item)) return;
    if (item.parent === undefined) item.children.forEach(add);
    else chosen.set(item.parent.id, (chosen.get(item.parent.id) ?? new Map<string, vscode.TestItem>()).set(item.id, item));
  };
  if (include === undefined) suites.forEach(add);
  else include.forEach(add);
  return chosen;
}
