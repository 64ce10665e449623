/** The pick of what was found: all ticked, what is in services.json already below and unticked. */
import * as vscode from 'vscode';
import type { Compared } from '../../app/discovery';
import type { ProposedService } from '../../core/proposal';
import { proposalRow } from '../../core/views/proposalRow';

/** None when the person accepted none. */
export async function pickProposals(
  folder: vscode.WorkspaceFolder,
  found: readonly Compared[],
): Promise<readonly ProposedService[]> {
  const fresh = found.filter(({ presentAs }) => presentAs === undefined);
  const present = found.filter(({ presentAs }) => presentAs !== undefined);
  const items: readonly (vscode.QuickPickItem & { readonly proposal?: ProposedService })[] = [
    ...fresh.map(({ proposal }) => ({ ...proposalRow(proposal), picked: true, proposal })),
    ...(present.length === 0 ? [] : [{ label: 'Already in services.json', kind: vscode.QuickPickItemKind.Separator }]),
    ...present.map(({ proposal }) => ({ ...proposalRow(proposal), proposal })),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: `Servers found in ${folder.name}`,
    placeHolder: 'Those that are ticked go into .vscode/services.json',
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  return (chosen ?? []).flatMap(({ proposal }) => (proposal === undefined ? [] : [proposal]));
}
