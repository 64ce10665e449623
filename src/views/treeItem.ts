/** Converts a row into VS Code's item. Every property is set each time; the tooltip is made when the row is hovered. */
import * as vscode from 'vscode';
import type { Row, TreeNode } from '../core/views/tree';
import type { RowCommands } from './rowCommands';

export function treeItem({ kind, key }: TreeNode, row: Row, commands: RowCommands): vscode.TreeItem {
  const item = new vscode.TreeItem(
    row.label,
    kind === 'folder' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None,
  );
  item.id = key;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon.id,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.spoken };
  if (row.command !== undefined) item.command = commands.of(row.command);
  return item;
}
