/** The setting that says whether rows show processor and memory. */
import * as vscode from 'vscode';
import type { UsageInRow } from '../core/views/tree';

export const usageSetting = 'serviceLifecycle.usageInRows';

export const usageInRows = (): UsageInRow =>
  vscode.workspace.getConfiguration().get<boolean>(usageSetting, false) ? 'shown' : 'hidden';
