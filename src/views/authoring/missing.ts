/** Creates a folder or an empty file that services.json names. */
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import { exists } from './surroundings';
import { showMessage } from '../../messages/showMessage';

/** Never changes what exists. Calls `made` after something was created. */
export async function createMissing(kind: unknown, path: unknown, made: () => Promise<void>): Promise<void> {
  if (typeof path !== 'string') return;
  const uri = vscode.Uri.file(path);
  if (await exists(uri)) return;
  try {
    if (kind === 'folder') await vscode.workspace.fs.createDirectory(uri);
    else if (kind === 'file') await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    await made();
  } catch (error) {
    void showMessage('error', t('Could not create {0}: {1}.', path, String(error)));
  }
}
