/** Converts a row into VS Code's item. Every property is set each time; the tooltip is made when the row is hovered. */
import * as vscode from 'vscode';
import type { Row, TreeNode } from '../core/views/tree';
import type { RowCommands } from './rowCommands';
import type { RowDefault } from './toggledRows';

/** How the row is before the user has changed it; undefined where nothing is below it. */
export function rowDefault(node: TreeNode): RowDefault | undefined {
  if ('children' in node) return 'expanded';
  return node.kind === 'service' ? 'collapsed' : undefined;
}

/** `isToggled`: the user has changed whether it is expanded. */
export function treeItem(node: TreeNode, row: Row, commands: RowCommands, isToggled: boolean): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const byDefault = rowDefault(node);
  const isCollapsed = (byDefault === 'collapsed') !== isToggled;
  const item = new vscode.TreeItem(row.label, byDefault === undefined ? None : isCollapsed ? Collapsed : Expanded);
  item.id = node.key;
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon.id,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  item.contextValue = row.contextValue;
  item.accessibilityInformation = { label: row.spoken };
  if (row.command !== undefined) {
    const { argument, ...command } = row.command;
    item.command = commands.of({ ...command, arguments: [argument] }, argument);
  }
  return item;
}
