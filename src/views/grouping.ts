/** By what the rows of the view are grouped: a setting. */
import * as vscode from 'vscode';
import { groupings } from '../core/views/grouping';
import type { Grouping } from '../core/views/grouping';

export const groupingSetting = 'serviceLifecycle.groupBy';

/** A setting may have any value. */
export function currentGrouping(): Grouping {
  const written = vscode.workspace.getConfiguration().get<unknown>(groupingSetting);
  return groupings.find((each) => each === written) ?? 'folder';
}
