/** Changes the entry of a service in services.json, in its editor, so that comments and unsaved changes stay. */
import * as vscode from 'vscode';
import { setValues } from '../../core/config/setValues';
import type { ConfigChange } from '../../core/config/setValues';
import type { ServiceSpec } from '../../core/model/service';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';
import { configPath } from './configFiles';
import { openConfig } from './openConfig';

export async function changeConfig(spec: ServiceSpec, changes: readonly ConfigChange[]): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(vscode.Uri.file(spec.folder), configPath));
  const text = document.getText();
  const changed = setValues(text, spec.key, changes);
  if (changed === undefined) {
    void showMessage('warning', t('{0} was not changed in services.json: correct the errors of the file first.', spec.key));
    await openConfig(spec);
    return;
  }
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(text.length)), changed);
  if (await vscode.workspace.applyEdit(edit)) await document.save();
}
