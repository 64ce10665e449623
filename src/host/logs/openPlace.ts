/** Opens a place in a file that the output of a service names. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';

export interface Place {
  /** As written: relative or absolute, or an address of the scheme file. */
  readonly path: string;
  /** From 1; the beginning without. */
  readonly line?: number;
  readonly column?: number;
}

/** Looks for a relative path in each of the folders, in this order. */
export async function openPlace(place: Place, folders: readonly string[]): Promise<void> {
  const written = place.path.startsWith('file://') ? pathOfAddress(place.path) : place.path;
  // A path of another machine would send it the name of the user.
  const isRemote = process.platform === 'win32' && /^[\\/]{2}/.test(written);
  const candidates = isRemote
    ? []
    : path.isAbsolute(written)
      ? [written]
      : folders.map((folder) => path.resolve(folder, written));
  for (const candidate of candidates) {
    const uri = vscode.Uri.file(candidate);
    if (!(await isFile(uri))) continue;
    const position = new vscode.Position((place.line ?? 1) - 1, (place.column ?? 1) - 1);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
    return;
  }
  void showMessage('information', t('{0} was not found in the folder of the service.', written));
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

function pathOfAddress(address: string): string {
  try {
    return vscode.Uri.parse(address, true).fsPath;
  } catch {
    return address;
  }
}
