/** The list that a click on the status bar opens. */
import * as vscode from 'vscode';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { pick } from '../core/views/pick';
import type { PickRow } from '../core/views/pick';

/** What a person chose to be done; `arguments` go to the command as they are. */
export interface Choice {
  readonly command: string;
  readonly arguments: readonly string[];
}

/** Undefined when the person chose nothing. The service named by `first` comes first. */
export async function pickAction(services: readonly Service[], first?: string): Promise<Choice | undefined> {
  const chosen = await vscode.window.showQuickPick(pick(services, first).map(item), {
    title: 'Services',
    placeHolder: t('Choose what to do'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.choice;
}

interface Item extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

function item(row: PickRow): Item {
  if (row.kind === 'heading') return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
  const { label, description, detail, command } = row;
  return { label, description, ...(detail === undefined ? {} : { detail }), choice: { command, arguments: row.arguments } };
}
