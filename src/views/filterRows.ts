/** Filters the rows of the Services view by what the user types, while they type. */
import * as vscode from 'vscode';
import { t } from '../core/wording/l10n';

export interface FilteredRows {
  /** The text by which rows are filtered; empty when all are shown. */
  readonly filterText: string;
  filter(text: string): void;
}

/** Enter keeps the filter, Escape restores the one before. Settles when the box is closed. */
export function askForFilter(rows: FilteredRows): Promise<void> {
  const before = rows.filterText;
  const box = vscode.window.createInputBox();
  box.title = t('Services');
  box.placeholder = t('Part of the name of a service or group');
  box.value = before;
  // The rows can be clicked meanwhile.
  box.ignoreFocusOut = true;
  let kept = before;
  box.onDidChangeValue((text) => rows.filter(text.trim()));
  box.onDidAccept(() => {
    kept = box.value.trim();
    box.hide();
  });
  return new Promise((resolve) => {
    box.onDidHide(() => {
      rows.filter(kept);
      box.dispose();
      resolve();
    });
    box.show();
  });
}
