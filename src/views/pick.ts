/** The list that a click on the status bar opens. */
import * as vscode from 'vscode';
import { defined } from '../core/model/defined';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { pick } from '../core/views/pick';
import type { PickRow } from '../core/views/pick';

/** The action that the user chose. `arguments` are passed to the command unchanged. */
export interface Choice {
  readonly command: string;
  readonly arguments: readonly string[];
}

/** Returns undefined when the user chose nothing. Puts the service with the id `first` before all others. */
export async function pickAction(services: readonly Service[], first: string | undefined): Promise<Choice | undefined> {
  const chosen = await vscode.window.showQuickPick(
    pick(services, defined({ first, isTrusted: vscode.workspace.isTrusted })).map(item),
    {
      title: 'Services',
      placeHolder: t('Select an action'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return chosen?.choice;
}

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

function item(row: PickRow): Item {
  if (row.kind === 'heading') return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
  const { label, description, detail, command } = row;
  return defined({ label, description, detail, choice: { command, arguments: row.arguments } });
}
