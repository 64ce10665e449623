/** Offers to write the port that the output shows into services.json, when the file has another one. */
import { applyEdits, modify } from 'jsonc-parser';
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { configPath } from '../config/configFiles';
import { openConfig } from '../config/openConfig';
import { showMessage } from '../../messages/showMessage';

export async function offerPort(spec: ServiceSpec, port: number): Promise<void> {
  const use = t('Use Port {0}', port);
  const open = t('Open Configuration');
  const message =
    spec.port === undefined
      ? t('The output of {0} shows port {1}, but services.json has no port for it.', spec.key, port)
      : t(
          'The output of {0} shows port {1}, but services.json has port {2}: another process may be using port {2}.',
          spec.key,
          port,
          spec.port,
        );
  const answer = await showMessage('warning', message, use, open);
  if (answer === open) await openConfig(spec);
  if (answer === use) await writePort(spec, port);
}

/** Edits the text of services.json, so that comments and unsaved changes stay. */
export async function writePort({ folder, key }: ServiceSpec, port: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(vscode.Uri.file(folder), configPath));
  const text = document.getText();
  const changed = applyEdits(
    text,
    modify(text, ['services', key, 'port'], port, { formattingOptions: { insertSpaces: true, tabSize: 2 } }),
  );
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(0), document.positionAt(text.length)), changed);
  if (await vscode.workspace.applyEdit(edit)) await document.save();
}
