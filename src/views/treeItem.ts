/** Converts a row into VS Code's item. Every property is set each time; the tooltip is made when the row is hovered. */
import * as vscode from 'vscode';
import type { Row, TreeNode } from '../core/views/tree';
import type { RowCommands } from './rowCommands';

/** `isCollapsed`: of a row with others below it. */
export function treeItem(node: TreeNode, row: Row, commands: RowCommands, isCollapsed: boolean): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(row.label, !('children' in node) ? None : isCollapsed ? Collapsed : Expanded);
  item.id = node.key;
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
