/** The test runs of the rows while the pick of proposals is open. */
import * as vscode from 'vscode';
import type { ProposalTestRuns } from '../../app/addServices/proposalTestRuns';
import { installAction, testRunSummary } from '../../core/addServices/proposalRow';
import { isOutcome } from '../../core/addServices/testRun';
import type { TestRun, TestRunOutcome } from '../../core/addServices/testRun';
import { button as buttonTitle } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { askModal } from '../../messages/showMessage';

export const startButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('play'),
  tooltip: t('Test Run: Start the Service, Check Whether It Responds, Stop It'),
};
const stopButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: t('Stop Test Run') };
const terminalButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: t('Show Terminal') };
const installButton = (title: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('cloud-download'),
  tooltip: title,
});

export class RowTestRuns {
  readonly #testRuns = new Map<string, TestRun>();
  readonly #running = new Map<string, { readonly abort: AbortController; readonly over: Promise<void> }>();
  #isOver = false;

  constructor(
    private readonly testRuns: ProposalTestRuns,
    private readonly changed: (id: string) => void,
  ) {}

  /** The latest test run of a row; undefined when there was none. */
  of(id: string): TestRun | undefined {
    return this.#testRuns.get(id);
  }

  buttons(id: string): vscode.QuickInputButton[] {
    const testRun = this.#testRuns.get(id);
    if (testRun === undefined) return [startButton];
    if (!isOutcome(testRun)) return testRun.kind === 'ending' ? [] : [stopButton];
    if (testRun.kind !== 'failed' && testRun.kind !== 'elsewhere') return [startButton];
    const install = installAction(testRun);
    return [...(install === undefined ? [] : [installButton(install.title)]), terminalButton, startButton];
  }

  press(id: string, button: vscode.QuickInputButton): void {
    if (button === stopButton) this.#running.get(id)?.abort.abort();
    else if (button === terminalButton) this.testRuns.showTerminal(id);
    else if (button !== startButton) void this.#install(id);
    else if (!this.#running.has(id)) this.#start(id);
  }

  /** Starts these together after the user agreed to every command, looks what they do, and ends all of them. */
  async tryAll(ids: readonly string[]): Promise<void> {
    const idle = ids.filter((id) => !this.#running.has(id));
    if (idle.length === 0 || !(await agreesTo(this.testRuns.describe(idle))) || this.#isOver) return;
    const abort = new AbortController();
    const over = this.testRuns
      .runAll(idle, (id, testRun) => this.#report(id, testRun), abort.signal)
      .catch((error: unknown) => idle.forEach((id) => this.#report(id, { kind: 'failed', why: String(error) })))
      .then(() => idle.forEach((id) => this.#finish(id)));
    for (const id of idle) this.#running.set(id, { abort, over });
  }

  /** Forgets its outcome, which is that of another command; false while a test run of it is in progress. */
  forget(id: string): boolean {
    if (this.#running.has(id)) return false;
    this.#testRuns.delete(id);
    return true;
  }

  /** Whether it did not come up. */
  hasFailed(id: string): boolean {
    const kind = this.#testRuns.get(id)?.kind;
    return kind === 'failed' || kind === 'notTried';
  }

  summary(): string | undefined {
    return testRunSummary([...this.#testRuns.values()]);
  }

  /** Stops all test runs; settles when they are over. */
  async end(): Promise<void> {
    this.#isOver = true;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ over }) => over));
  }

  /** Types the command into a terminal, where the user runs it. */
  async #install(id: string): Promise<void> {
    const action = installAction(this.#testRuns.get(id));
    if (action !== undefined) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
  }

  #start(id: string): void {
    const abort = new AbortController();
    const over = this.testRuns
      .run(id, (testRun) => this.#report(id, testRun), abort.signal)
      .catch((error: unknown): TestRunOutcome => ({ kind: 'failed', why: String(error) }))
      .then((outcome) => {
        this.#running.delete(id);
        this.#report(id, outcome);
      });
    this.#running.set(id, { abort, over });
  }

  #finish(id: string): void {
    this.#running.delete(id);
    if (!this.#isOver) this.changed(id);
  }

  #report(id: string, testRun: TestRun): void {
    this.#testRuns.set(id, testRun);
    if (!this.#isOver) this.changed(id);
  }
}

async function agreesTo(commands: string): Promise<boolean> {
  const tryAll = buttonTitle(t('Try All'));
  return (await askModal(t('Start these services for a moment, and stop them again?'), commands, tryAll)) === tryAll;
}
