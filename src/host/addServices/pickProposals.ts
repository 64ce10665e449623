/** The pick of proposals: all selected, each with a test run button. Those already in services.json come last, not selected. */
import * as vscode from 'vscode';
import type { ProposalTestRuns } from '../../app/addServices/proposalTestRuns';
import { Lifetime } from '../../app/lifetime';
import type { ComparedProposal, ProposedService } from '../../core/addServices/proposal';
import { installAction, proposalRow, testRunSummary } from '../../core/addServices/proposalRow';
import { isOutcome } from '../../core/addServices/testRun';
import type { TestRun, TestRunOutcome } from '../../core/addServices/testRun';
import { t } from '../../core/wording/l10n';

interface Row extends vscode.QuickPickItem {
  readonly proposal?: ProposedService;
}

const startButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('play'),
  tooltip: t('Test Run: Start the Service, Check Whether It Responds, Stop It'),
};
const stopButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: t('Stop Test Run') };
/** Buttons of rows appear only under the pointer, so that these in the title do the same for the keyboard. */
const startFocusedButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('play'),
  tooltip: t('Test Run of the Focused Service'),
};
const startAllButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('run-all'),
  tooltip: t('Test Run of All Selected Services'),
};
const installButton = (title: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon('cloud-download'),
  tooltip: title,
});
const terminalButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: t('Show Terminal') };

/** Returns the accepted proposals, none when the pick is cancelled. Settles when no test run is in progress any more. */
export async function pickProposals(
  title: string,
  found: readonly ComparedProposal[],
  testRuns: ProposalTestRuns,
): Promise<readonly ProposedService[]> {
  const lifetime = new Lifetime();
  const pick = lifetime.add(createPick(title));
  const rows = new RowTestRuns(testRuns, (id) => {
    const selected = pick.selectedItems.flatMap(({ proposal }) => proposal?.id ?? []);
    draw(pick, found, rows, rows.hasFailed(id) ? selected.filter((each) => each !== id) : selected);
    pick.title = [title, rows.summary()].filter((part) => part !== undefined).join(' · ');
  });
  draw(pick, found, rows, []);
  pick.selectedItems = pick.items.filter(({ proposal }) => isNew(found, proposal));
  pick.show();
  lifetime.add(
    pick.onDidTriggerItemButton(({ item: { proposal }, button }) => {
      if (proposal !== undefined) rows.press(proposal.id, button);
    }),
  );
  lifetime.add(
    pick.onDidTriggerButton((button) => {
      const items = button === startAllButton ? pick.selectedItems : pick.activeItems;
      for (const { proposal } of items) if (proposal !== undefined) rows.press(proposal.id, startButton);
    }),
  );
  const accepted = await new Promise<readonly ProposedService[]>((resolve) => {
    lifetime.add(pick.onDidAccept(() => resolve(pick.selectedItems.flatMap(({ proposal }) => proposal ?? []))));
    lifetime.add(pick.onDidHide(() => resolve([])));
  });
  lifetime.dispose();
  await rows.end();
  return accepted;
}

function createPick(title: string): vscode.QuickPick<Row> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = title;
  pick.placeholder = t('Selected services are added to services.json. ▷ starts a test run.');
  pick.canSelectMany = true;
  pick.buttons = [startFocusedButton, startAllButton];
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;
  return pick;
}

/** Replaces all rows, because a row cannot be changed. The focused row and the scroll position stay. */
function draw(
  pick: vscode.QuickPick<Row>,
  found: readonly ComparedProposal[],
  rows: RowTestRuns,
  selected: readonly string[],
): void {
  const active = new Set(pick.activeItems.map(({ proposal }) => proposal?.id));
  const row = ({ proposal }: ComparedProposal): Row => ({
    ...proposalRow(proposal, rows.of(proposal.id)),
    buttons: rows.buttons(proposal.id),
    proposal,
  });
  const present = found.filter(({ presentAs }) => presentAs !== undefined);
  const heading: Row = { label: t('Already in services.json'), kind: vscode.QuickPickItemKind.Separator };
  pick.items = [
    ...found.filter(({ presentAs }) => presentAs === undefined).map(row),
    ...(present.length === 0 ? [] : [heading]),
    ...present.map(row),
  ];
  pick.selectedItems = pick.items.filter(({ proposal }) => proposal !== undefined && selected.includes(proposal.id));
  pick.activeItems = pick.items.filter(({ proposal }) => proposal !== undefined && active.has(proposal.id));
}

const isNew = (found: readonly ComparedProposal[], proposal: ProposedService | undefined): boolean =>
  found.some((compared) => compared.proposal === proposal && compared.presentAs === undefined);

/** The test runs of the rows while the pick is open. */
class RowTestRuns {
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
    else if (button === startButton) this.#startOnce(id);
    else void this.#install(id);
  }

  hasFailed(id: string): boolean {
    return this.#testRuns.get(id)?.kind === 'failed';
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

  #startOnce(id: string): void {
    if (!this.#running.has(id)) this.#start(id);
  }

  #start(id: string): void {
    const abort = new AbortController();
    const report = (testRun: TestRun): void => {
      this.#testRuns.set(id, testRun);
      if (!this.#isOver) this.changed(id);
    };
    const over = this.testRuns
      .run(id, report, abort.signal)
      .catch((error: unknown): TestRunOutcome => ({ kind: 'failed', why: String(error) }))
      .then((outcome) => {
        this.#running.delete(id);
        report(outcome);
      });
    this.#running.set(id, { abort, over });
  }
}
