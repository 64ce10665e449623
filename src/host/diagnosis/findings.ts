/** Shows a diagnosis: the verdict, its evidence and its actions. */
import * as vscode from 'vscode';
import type { Finding, FindingAction } from '../../core/diagnosis/finding';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';

/** Runs the action that the user chooses, if any. */
export async function showFindings(name: string, findings: readonly Finding[], more: readonly FindingAction[]): Promise<void> {
  const [verdict] = findings;
  if (verdict === undefined) {
    void showMessage('information', t('No problems found for {0}.', name));
    return;
  }
  const chosen = await vscode.window.showQuickPick([...findings.flatMap(rowsOf), ...more.map(actionRow)], {
    title: `${name}: ${verdict.title}`,
    placeHolder: verdict.detail,
    matchOnDetail: true,
  });
  if (chosen?.action !== undefined)
    await vscode.commands.executeCommand(chosen.action.command, ...(chosen.action.arguments ?? []));
}

interface Row extends vscode.QuickPickItem {
  readonly action?: FindingAction;
}

const icons = { error: 'error', warning: 'warning', info: 'info' } as const;

function rowsOf({ code, severity, title, detail, evidence, actions }: Finding): readonly Row[] {
  return [
    { label: code, kind: vscode.QuickPickItemKind.Separator },
    ...actions.map(actionRow),
    { label: `$(${icons[severity]}) ${title}`, detail },
    ...evidence.map((fact) => ({ label: `$(dash) ${fact}` })),
  ];
}

const actionRow = (action: FindingAction): Row => ({ label: `$(play) ${action.title}`, action });
