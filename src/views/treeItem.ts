/** One row in VS Code's terms. Every property is set each time; the tooltip follows when somebody looks. */
import * as vscode from 'vscode';
import type { Row, TreeNode } from '../core/views/tree';

export function treeItem({ kind, key }: TreeNode, row: Row): vscode.TreeItem {
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
  if (row.command !== undefined) {
    item.command = { command: row.command.id, title: row.command.title, arguments: [row.command.argument] };
  }
  return item;
}
