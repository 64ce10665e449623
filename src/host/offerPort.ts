/** The output names another port than services.json: offers to write the right one down. */
import { applyEdits, modify } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { ServiceSpec } from '../core/service';
import { configPath } from './configFiles';
import { openConfig } from './openConfig';

export async function offerPort(spec: ServiceSpec, port: number): Promise<void> {
  const use = `Use Port ${port}`;
  const open = 'Open Configuration';
  const message = `${spec.key} says that it listens on port ${port}, but services.json says ${spec.port ?? 'nothing'}: another process may have its port.`;
  const answer = await vscode.window.showWarningMessage(message, use, open);
  if (answer === open) await openConfig(spec);
  if (answer === use) await writePort(spec, port);
}

/** Writes the port into services.json: an edit of the text, so that comments and unsaved changes stay. */
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
