/** Shows a diagnosis in a list. core/diagnosis/findingRows decides what it shows. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Finding, FindingAction } from '../../core/diagnosis/finding';
import { findingRows } from '../../core/diagnosis/findingRows';
import type { FindingRow } from '../../core/diagnosis/findingRows';
import { t } from '../../core/wording/l10n';
import { beforePick } from '../../messages/showPick';
import { showMessage } from '../../messages/showMessage';

/** Runs the action that the user chooses, if any. A line of text copies its text, and the list stays open. */
export async function showFindings(name: string, findings: readonly Finding[], more: readonly FindingAction[]): Promise<void> {
  if (findings.length === 0) {
    void showMessage('information', t('No problems found for {0}.', name));
    return;
  }
  await beforePick();
  const action = await chooseAction(name, findingRows(findings, more));
  if (action !== undefined) await vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
}

interface Item extends vscode.QuickPickItem {
  readonly row: FindingRow;
}

function chooseAction(name: string, rows: readonly FindingRow[]): Promise<FindingAction | undefined> {
  const lifetime = new Lifetime();
  const list = lifetime.add(vscode.window.createQuickPick<Item>());
  list.title = name;
  list.placeholder = t('Select a fix, or a line to copy');
  list.matchOnDescription = true;
  list.keepScrollPosition = true;
  list.items = rows.map((row) => item(row));
  const chosen = new Promise<FindingAction | undefined>((resolve) => {
    const accept = (): void => {
      const row = list.selectedItems[0]?.row;
      if (row?.kind === 'action') resolve(row.action);
      if (row?.kind === 'text') void copy(row.copies, rows, list);
    };
    lifetime.add(list.onDidAccept(accept));
    lifetime.add(list.onDidHide(() => resolve(undefined)));
  });
  list.show();
  return chosen.finally(() => lifetime.dispose());
}

/** The row that was chosen says that it is copied, until another one is. */
async function copy(text: string, rows: readonly FindingRow[], list: vscode.QuickPick<Item>): Promise<void> {
  const chosen = list.selectedItems[0]?.row;
  await vscode.env.clipboard.writeText(text);
  list.items = rows.map((row) => item(row, row === chosen));
  list.activeItems = list.items.filter(({ row }) => row === chosen);
}

function item(row: FindingRow, isCopied = false): Item {
  switch (row.kind) {
    case 'heading':
      return { label: row.label, kind: vscode.QuickPickItemKind.Separator, row };
    case 'text':
      return { label: row.label, description: isCopied ? `$(check) ${t('Copied')}` : row.description, row };
    case 'action':
      return { label: row.label, row };
  }
}
