/** The text of services.json in its editor. Unsaved changes count. */
import * as vscode from 'vscode';
import { locateService } from '../../core/config/locate';
import { configPath } from '../config/configFiles';
import { exists } from '../config/exists';

export type ServicesText =
  | { readonly kind: 'absent' }
  | { readonly kind: 'open'; readonly document: vscode.TextDocument }
  | { readonly kind: 'unreadable' };

export async function openServicesText(folder: vscode.Uri): Promise<ServicesText> {
  const uri = vscode.Uri.joinPath(folder, configPath);
  try {
    return { kind: 'open', document: await vscode.workspace.openTextDocument(uri) };
  } catch {
    // A file that exists but cannot be opened must not be overwritten.
    return (await exists(uri)) ? { kind: 'unreadable' } : { kind: 'absent' };
  }
}

/** Returns false when the file could not be changed or saved. */
export async function replaceServicesText(folder: vscode.Uri, before: ServicesText, text: string): Promise<boolean> {
  if (before.kind === 'unreadable') return false;
  if (before.kind === 'absent') {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, configPath), new TextEncoder().encode(text));
    return true;
  }
  const { document } = before;
  const { start, end, inserted } = changedPart(document.getText(), text);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), inserted);
  return (await vscode.workspace.applyEdit(edit)) && (await document.save());
}

/** Brings the file to the front, with the cursor at a service. */
export async function showServicesText(folder: vscode.Uri, key: string | undefined): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, configPath));
  const offset = key === undefined ? 0 : (locateService(document.getText(), key)?.offset ?? 0);
  const at = document.positionAt(offset);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
}

/** Finds the changed part, so that cursors, folds and decorations elsewhere stay. */
function changedPart(before: string, after: string): { start: number; end: number; inserted: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start, end: before.length - same, inserted: after.slice(start, after.length - same) };
}
