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
  const item = itemOf(node.key, row);
  item.collapsibleState = byDefault === undefined ? None : isCollapsed ? Collapsed : Expanded;
  if (row.command !== undefined) {
    const { argument, ...command } = row.command;
    item.command = commands.of({ ...command, arguments: [argument] }, argument);
  }
  return item;
}

/** What every row has, also those below services. */
export function itemOf(
  key: string,
  { label, description, icon, contextValue, spoken }: Pick<Row, 'label' | 'description' | 'icon' | 'contextValue' | 'spoken'>,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.id = key;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(icon.id, icon.color === undefined ? undefined : new vscode.ThemeColor(icon.color));
  item.contextValue = contextValue;
  item.accessibilityInformation = { label: spoken };
  return item;
}
