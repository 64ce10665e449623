/** The pick of what was found: all ticked, each with a button that tries it; what is in services.json already stands below, unticked. */
import * as vscode from 'vscode';
import type { Compared } from '../../app/addServices/discovery';
import type { Attempts } from '../../app/addServices/attempts';
import { Lifetime } from '../../app/lifetime';
import { t } from '../../core/wording/l10n';
import type { ProposedService } from '../../core/addServices/proposal';
import { isOutcome } from '../../core/addServices/trial';
import type { Trial, TrialOutcome } from '../../core/addServices/trial';
import { proposalRow } from '../../core/addServices/proposalRow';

interface Row extends vscode.QuickPickItem {
  readonly proposal?: ProposedService;
}

const tryIt: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon('play'),
  tooltip: t('Try: Start It, See Whether It Answers, Stop It'),
};
const stopIt: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('debug-stop'), tooltip: t('Stop the Try') };
const showIt: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('terminal'), tooltip: t('Show Its Terminal') };

/** None when the person accepted none. Settles when nothing of a try runs any more. */
export async function pickProposals(
  title: string,
  found: readonly Compared[],
  attempts: Attempts,
): Promise<readonly ProposedService[]> {
  const lifetime = new Lifetime();
  const pick = lifetime.add(vscode.window.createQuickPick<Row>());
  const tries = new Tries(attempts, () => draw(pick, found, tries));
  Object.assign(pick, {
    title,
    placeholder: t('Ticked rows go into services.json; ▷ tries one first'),
    ...{ canSelectMany: true, matchOnDescription: true, matchOnDetail: true, ignoreFocusOut: true, keepScrollPosition: true },
  });
  draw(pick, found, tries);
  pick.selectedItems = pick.items.filter(({ proposal }) => isFresh(found, proposal));
  pick.show();
  lifetime.add(
    pick.onDidTriggerItemButton(({ item: { proposal }, button }) => {
      if (proposal !== undefined) tries.press(proposal.id, button);
    }),
  );
  const accepted = await new Promise<readonly ProposedService[]>((resolve) => {
    lifetime.add(pick.onDidAccept(() => resolve(pick.selectedItems.flatMap(({ proposal }) => proposal ?? []))));
    lifetime.add(pick.onDidHide(() => resolve([])));
  });
  lifetime.dispose();
  await tries.end();
  return accepted;
}

/** Sets all rows anew, for a row cannot be changed; ticks, the focused row and the place in the list stay. */
function draw(pick: vscode.QuickPick<Row>, found: readonly Compared[], tries: Tries): void {
  const ticked = new Set(pick.selectedItems.map(({ proposal }) => proposal?.id));
  const active = new Set(pick.activeItems.map(({ proposal }) => proposal?.id));
  const row = ({ proposal }: Compared): Row => ({
    ...proposalRow(proposal, tries.of(proposal.id)),
    buttons: tries.buttons(proposal.id),
    proposal,
  });
  const present = found.filter(({ presentAs }) => presentAs !== undefined);
  const heading: Row = { label: t('Already in services.json'), kind: vscode.QuickPickItemKind.Separator };
  pick.items = [
    ...found.filter(({ presentAs }) => presentAs === undefined).map(row),
    ...(present.length === 0 ? [] : [heading]),
    ...present.map(row),
  ];
  pick.selectedItems = pick.items.filter(({ proposal }) => proposal !== undefined && ticked.has(proposal.id));
  pick.activeItems = pick.items.filter(({ proposal }) => proposal !== undefined && active.has(proposal.id));
}

const isFresh = (found: readonly Compared[], proposal: ProposedService | undefined): boolean =>
  found.some((compared) => compared.proposal === proposal && compared.presentAs === undefined);

/** What was tried of the rows as long as the pick is there. */
class Tries {
  readonly #trials = new Map<string, Trial>();
  readonly #running = new Map<string, { readonly abort: AbortController; readonly over: Promise<void> }>();
  #isOver = false;

  constructor(
    private readonly attempts: Attempts,
    private readonly changed: () => void,
  ) {}

  of(id: string): Trial | undefined {
    return this.#trials.get(id);
  }

  buttons(id: string): vscode.QuickInputButton[] {
    const trial = this.#trials.get(id);
    if (trial === undefined) return [tryIt];
    if (!isOutcome(trial)) return trial.kind === 'ending' ? [] : [stopIt];
    return trial.kind === 'failed' || trial.kind === 'elsewhere' ? [showIt, tryIt] : [tryIt];
  }

  press(id: string, button: vscode.QuickInputButton): void {
    if (button === stopIt) this.#running.get(id)?.abort.abort();
    else if (button === showIt) this.attempts.showTerminal(id);
    else if (!this.#running.has(id)) this.#start(id);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort();
    await Promise.all(running.map(({ over }) => over));
  }

  #start(id: string): void {
    const abort = new AbortController();
    const tell = (trial: Trial): void => {
      this.#trials.set(id, trial);
      if (!this.#isOver) this.changed();
    };
    const over = this.attempts
      .try(id, tell, abort.signal)
      .catch((error: unknown): TrialOutcome => ({ kind: 'failed', why: String(error) }))
      .then((outcome) => {
        this.#running.delete(id);
        tell(outcome);
      });
    this.#running.set(id, { abort, over });
  }
}
