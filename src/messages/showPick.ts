/**
 * When a pick may open. VS Code gives the focus back to a view after it has drawn a row of it, which closes a pick that took the focus
 * a moment before (CustomTreeView.doRefresh). So a view is asked to draw nothing around that moment.
 */
import * as vscode from 'vscode';

type Hold = () => Promise<void>;

const views = new Set<Hold>();

/** `hold` settles when what the view requested is drawn, and keeps it from drawing for the moment in which the pick takes the focus. */
export function holdsForPicks(hold: Hold): { readonly dispose: () => void } {
  views.add(hold);
  return { dispose: () => void views.delete(hold) };
}

export async function beforePick(): Promise<void> {
  await Promise.all([...views].map((hold) => hold()));
}

/** Opens a pick of one row at such a moment. */
export async function showPick<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Promise<T | undefined> {
  await beforePick();
  return vscode.window.showQuickPick(items, options);
}
