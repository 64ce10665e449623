/** The pick of proposals: all selected, each with a test run button. Those already in services.json come last, not selected. */
import * as vscode from 'vscode';
import type { ProposalTestRuns } from '../../app/addServices/proposalTestRuns';
import { Lifetime } from '../../app/lifetime';
import { exchanged } from '../../core/addServices/proposal';
import type { Alternative, ComparedProposal, ProposedService } from '../../core/addServices/proposal';
import { observed } from '../../core/addServices/observed';
import { groupsOf, selectedAtFirst } from '../../core/addServices/proposalGroups';
import { proposalRow } from '../../core/addServices/proposalRow';
import { outcomeOf } from '../../core/addServices/testRun';
import { t } from '../../core/wording/l10n';
import { RowTestRuns, startButton } from './rowTestRuns';

interface Row extends vscode.QuickPickItem {
  readonly proposal?: ProposedService;
}

/** Buttons of rows appear only under the pointer, so that this in the title does the same for the keyboard. */
const startFocusedButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('play'),
  tooltip: t('Test Run of the Focused Service'),
};
/** Each names what the row would become. */
const exchangeButtons: Readonly<Record<Alternative['runsIn'], vscode.QuickInputButton>> = {
  container: { iconPath: new vscode.ThemeIcon('arrow-swap'), tooltip: t('Run It in Its Container Instead') },
  source: { iconPath: new vscode.ThemeIcon('arrow-swap'), tooltip: t('Run It from Source Instead') },
};
const exchangeFocusedButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('arrow-swap'),
  tooltip: t('Switch the Focused Service Between Container and Source'),
};
const tryAllButton: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('run-all'),
  tooltip: t('Try All: Start the Selected Services Together, See What They Do, Stop Them'),
};

/**
 * Returns the accepted proposals as test runs have shown them, none when the pick is cancelled. Settles when no test run is in progress
 * any more.
 */
export async function pickProposals(
  title: string,
  proposed: readonly ComparedProposal[],
  testRuns: ProposalTestRuns,
): Promise<readonly ProposedService[]> {
  const lifetime = new Lifetime();
  let found = proposed;
  const pick = lifetime.add(createPick(title));
  if (found.some(({ proposal }) => proposal.alternative !== undefined)) pick.buttons = [exchangeFocusedButton, ...pick.buttons];
  const selectedIds = (): readonly string[] => pick.selectedItems.flatMap(({ proposal }) => proposal?.id ?? []);
  const rows = new RowTestRuns(testRuns, (id) => {
    const selected = selectedIds();
    draw(pick, found, rows, rows.hasFailed(id) ? selected.filter((each) => each !== id) : selected);
    pick.title = [title, rows.summary()].filter((part) => part !== undefined).join(' · ');
  });
  const exchange = (proposal: ProposedService | undefined): void => {
    if (proposal?.alternative === undefined || !rows.forget(proposal.id)) return;
    const other = exchanged(proposal);
    found = found.map((each) => (each.proposal.id === other.id ? { ...each, proposal: other } : each));
    testRuns.replace(other);
    draw(pick, found, rows, selectedIds());
  };
  draw(pick, found, rows, []);
  const first = selectedAtFirst(found);
  pick.selectedItems = pick.items.filter(({ proposal }) => proposal !== undefined && first.has(proposal.id));
  pick.show();
  lifetime.add(
    pick.onDidTriggerItemButton(({ item: { proposal }, button }) => {
      if (proposal === undefined) return;
      if (Object.values(exchangeButtons).includes(button)) exchange(proposal);
      else rows.press(proposal.id, button);
    }),
  );
  lifetime.add(
    pick.onDidTriggerButton((button) => {
      if (button === tryAllButton) void rows.tryAll(selectedIds());
      else if (button === exchangeFocusedButton) for (const { proposal } of pick.activeItems) exchange(proposal);
      else for (const { proposal } of pick.activeItems) if (proposal !== undefined) rows.press(proposal.id, startButton);
    }),
  );
  const accepted = await new Promise<readonly ProposedService[]>((resolve) => {
    lifetime.add(pick.onDidAccept(() => resolve(pick.selectedItems.flatMap(({ proposal }) => proposal ?? []))));
    lifetime.add(pick.onDidHide(() => resolve([])));
  });
  lifetime.dispose();
  await rows.end();
  return accepted.map((proposal) => observed(proposal, outcomeOf(rows.of(proposal.id))));
}

function createPick(title: string): vscode.QuickPick<Row> {
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = title;
  pick.placeholder = t('Select services to add. Test them with ▷ or Try All.');
  pick.canSelectMany = true;
  pick.buttons = [startFocusedButton, tryAllButton];
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
    buttons: [
      ...(proposal.alternative === undefined ? [] : [exchangeButtons[proposal.alternative.runsIn]]),
      ...rows.buttons(proposal.id),
    ],
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
  pick.selectedItems = pick.items.filter(({ proposal }) => proposal !== undefined && selected.includes(proposal.id));
  pick.activeItems = pick.items.filter(({ proposal }) => proposal !== undefined && active.has(proposal.id));
}
