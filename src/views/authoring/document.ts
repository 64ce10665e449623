/** A services.json that is open in an editor. */
import * as vscode from 'vscode';
import type { TextEdit } from '../../core/authoring/edit';
import { folderLabels } from '../../core/config/folderLabels';
import type { ConfigPlace } from '../../core/config/parse';
import type { TextRange } from '../../core/config/problem';

export const selector: vscode.DocumentSelector = { pattern: '**/.vscode/services.json' };

/** Returns the workspace folder of this services.json; undefined for any other file, such as an older version of it. */
export function folderOf({ uri }: vscode.TextDocument): vscode.WorkspaceFolder | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return undefined;
  const own = vscode.Uri.joinPath(folder.uri, '.vscode', 'services.json');
  return own.toString() === uri.toString() ? folder : undefined;
}

export const placeIn = ({ uri, name }: vscode.WorkspaceFolder): ConfigPlace => ({
  folder: uri.fsPath,
  folderName: labelOf(uri, name),
  multiRoot: (vscode.workspace.workspaceFolders?.length ?? 0) > 1,
});

/** Returns the label that the ids of its services begin with. Folders with the same name have different labels. */
function labelOf(uri: vscode.Uri, name: string): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const labels = folderLabels(folders.map((folder) => ({ path: folder.uri.fsPath, name: folder.name })));
  return labels[folders.findIndex((folder) => folder.uri.toString() === uri.toString())] ?? name;
}

export const rangeIn = (document: vscode.TextDocument, { offset, length }: TextRange): vscode.Range =>
  new vscode.Range(document.positionAt(offset), document.positionAt(offset + length));

/** Adds the changes of one document to a workspace edit. */
export function addEdits(edit: vscode.WorkspaceEdit, document: vscode.TextDocument, edits: readonly TextEdit[]): void {
  for (const { range, text } of edits) edit.replace(document.uri, rangeIn(document, range), text);
}
