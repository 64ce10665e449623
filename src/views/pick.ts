/** The list that a click on the status bar opens, and the list of actions of one service that follows it. */
import * as vscode from 'vscode';
import { Lifetime } from '../app/lifetime';
import type { ServiceStore } from '../app/store';
import { defined } from '../core/model/defined';
import { t } from '../core/wording/l10n';
import { pick, pickActions } from '../core/views/pick';
import type { PickAction, PickRow } from '../core/views/pick';
import { beforePick } from '../messages/showPick';

/** Puts the service with the id `first` before all others, and carries out what the user chooses. */
export async function carryOutPick(store: ServiceStore, first: string | undefined): Promise<void> {
  const choice = await pickAction(store, first);
  if (choice !== undefined) await vscode.commands.executeCommand(choice.command, ...choice.arguments);
}

/** Returns undefined when the user chose nothing. */
async function pickAction(store: ServiceStore, first: string | undefined): Promise<PickAction | undefined> {
  await beforePick();
  for (let shown = first; ;) {
    const content = {
      services: store.services(),
      broken: store.broken(),
      brokenFiles: store.brokenFiles(),
      isTrusted: vscode.workspace.isTrusted,
    };
    const chosen = await choose(pick({ ...content, ...defined({ first: shown }) }), {
      title: t('Services'),
      placeholder: t('Select a service or an action'),
    });
    if (chosen === undefined || chosen === 'back') return undefined;
    if (!('id' in chosen)) return chosen;
    const service = store.get(chosen.id);
    const action = service === undefined ? undefined : await choose(pickActions(service), actionsOf(chosen.id));
    if (action === undefined || (action !== 'back' && 'command' in action)) return action;
    shown = chosen.id;
  }
}

interface Look {
  readonly title: string;
  readonly placeholder: string;
  readonly canGoBack?: true;
}

const actionsOf = (id: string): Look => ({ title: id, placeholder: t('Select an action'), canGoBack: true });

interface Item extends vscode.QuickPickItem {
  readonly row: PickRow;
}

type Chosen = PickAction | { readonly id: string };

/** A button of a row acts at once; Enter on a service leads to its actions. */
function choose(rows: readonly PickRow[], look: Look): Promise<Chosen | 'back' | undefined> {
  const lifetime = new Lifetime();
  const list = lifetime.add(vscode.window.createQuickPick<Item>());
  list.title = look.title;
  list.placeholder = look.placeholder;
  list.matchOnDescription = true;
  if (look.canGoBack) list.buttons = [vscode.QuickInputButtons.Back];
  list.items = rows.map(item);
  const chosen = new Promise<Chosen | 'back' | undefined>((resolve) => {
    lifetime.add(list.onDidAccept(() => resolve(chosenOf(list.selectedItems[0]?.row))));
    lifetime.add(list.onDidTriggerButton(() => resolve('back')));
    lifetime.add(
      list.onDidTriggerItemButton(({ item: { row }, button }) =>
        resolve(row.kind === 'service' ? row.buttons.find(({ title }) => title === button.tooltip) : undefined),
      ),
    );
    lifetime.add(list.onDidHide(() => resolve(undefined)));
  });
  list.show();
  return chosen.finally(() => lifetime.dispose());
}

function chosenOf(row: PickRow | undefined): Chosen | undefined {
  if (row?.kind === 'service') return { id: row.id };
  return row?.kind === 'action' ? row.action : undefined;
}

function item(row: PickRow): Item {
  switch (row.kind) {
    case 'heading':
      return { label: row.label, kind: vscode.QuickPickItemKind.Separator, row };
    case 'service':
      return { label: row.label, description: row.description, buttons: row.buttons.map(button), row };
    case 'action':
      return { label: row.label, description: row.description, row };
  }
}

const button = ({ icon, title }: PickAction): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip: title,
});
