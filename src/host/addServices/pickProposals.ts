/** The pick of proposals: all selected, each with a test run button. Those already in services.json come last, not selected. */
import * as vscode from 'vscode';
import type { ProposalTestRuns } from '../../app/addServices/proposalTestRuns';
import { Lifetime } from '../../app/lifetime';
import type { ComparedProposal, ProposedService } from '../../core/addServices/proposal';
import { groupsOf, selectedAtFirst } from '../../core/addServices/proposalGroups';
import { proposalRow } from '../../core/addServices/proposalRow';
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
const terminalButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: t('Show Terminal') };

/** Returns the accepted proposals, none when the pick is cancelled. Settles when no test run is in progress any more. */
export async function pickProposals(
  title: string,
  found: readonly ComparedProposal[],
  testRuns: ProposalTestRuns,
): Promise<readonly ProposedService[]> {
  const lifetime = new Lifetime();
  const pick = lifetime.add(createPick(title));
  const rows = new RowTestRuns(testRuns, () => draw(pick, found, rows));
  draw(pick, found, rows);
  const first = selectedAtFirst(found);
  pick.selectedItems = pick.items.filter(({ proposal }) => proposal !== undefined && first.has(proposal.id));
  pick.show();
  lifetime.add(
    pick.onDidTriggerItemButton(({ item: { proposal }, button }) => {
      if (proposal !== undefined) rows.press(proposal.id, button);
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
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.keepScrollPosition = true;
  return pick;
}

/** Replaces all rows, because a row cannot be changed. The selection, the focused row and the scroll position stay. */
function draw(pick: vscode.QuickPick<Row>, found: readonly ComparedProposal[], rows: RowTestRuns): void {
  const selected = new Set(pick.selectedItems.map(({ proposal }) => proposal?.id));
  const active = new Set(pick.activeItems.map(({ proposal }) => proposal?.id));
  const row = ({ proposal }: ComparedProposal): Row => ({
    ...proposalRow(proposal, rows.of(proposal.id)),
    buttons: rows.buttons(proposal.id),
    proposal,
  });
  const present = found.filter(({ presentAs }) => presentAs !== undefined);
  const separator = (label: string): Row => ({ label, kind: vscode.QuickPickItemKind.Separator });
  pick.items = [
    ...groupsOf(found).flatMap(({ title, found: group }) => [
      ...(title === undefined ? [] : [separator(title)]),
      ...group.map(row),
    ]),
    ...(present.length === 0 ? [] : [separator(t('Already in services.json'))]),
    ...present.map(row),
  ];
  pick.selectedItems = pick.items.filter(({ proposal }) => proposal !== undefined && selected.has(proposal.id));
  pick.activeItems = pick.items.filter(({ proposal }) => proposal !== undefined && active.has(proposal.id));
}

/** The test runs of the rows while the pick is open. */
class RowTestRuns {
  readonly #testRuns = new Map<string, TestRun>();
  readonly #running = new Map<string, { readonly abort: AbortController; readonly over: Promise<void> }>();
  #isOver = false;

  constructor(
    private readonly testRuns: ProposalTestRuns,
    private readonly changed: () => void,
  ) {}

  /** The latest test run of a row; undefined when there was none. */
  of(id: string): TestRun | undefined {
    return this.#testRuns.get(id);
  }

  buttons(id: string): vscode.QuickInputButton[] {
    const testRun = this.#testRuns.get(id);
    if (testRun === undefined) return [startButton];
    if (!isOutcome(testRun)) return testRun.kind === 'ending' ? [] : [stopButton];
    return testRun.kind === 'failed' || testRun.kind === 'elsewhere' ? [terminalButton, startButton] : [startButton];
  }

  press(id: string, button: vscode.QuickInputButton): void {
    if (button === stopButton) this.#running.get(id)?.abort.abort();
    else if (button === terminalButton) this.testRuns.showTerminal(id);
    else if (!this.#running.has(id)) this.#start(id);
  }

  /** Stops all test runs; settles when they are over. */
  async end(): Promise<void> {
    this.#isOver = true;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ over }) => over));
  }

  #start(id: string): void {
    const abort = new AbortController();
    const report = (testRun: TestRun): void => {
      this.#testRuns.set(id, testRun);
      if (!this.#isOver) this.changed();
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
