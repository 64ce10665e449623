/** Opens services.json at a service, or creates it with an example. */
import * as vscode from 'vscode';
import { locateService } from '../../core/config/locate';
import { t } from '../../core/wording/l10n';
import type { BrokenFile } from '../../core/model/brokenFile';
import type { ServiceSpec } from '../../core/model/service';
import { configPath } from './configFiles';
import { exists } from './exists';

const example = `{
  // Each service runs in its own terminal. Completion (Ctrl+Space) and hover explain every key.
  "services": {
    // "backend": {
    //   "role": "backend",
    //   "command": "python -m uvicorn main:app --port \${port}",
    //   "cwd": "backend",
    //   "port": 8000,
    //   "health": "/health"
    // },
    // "frontend": {
    //   "role": "frontend",
    //   "command": "npm run dev",
    //   "cwd": "frontend",
    //   "port": 5173,
    //   "dependsOn": ["backend"]
    // }
  }
}
`;

/** Opens the file of `within`; without it, asks for the folder when there are several. */
export async function openConfig(
  at: Pick<ServiceSpec, 'folder' | 'key'> | undefined,
  within?: vscode.WorkspaceFolder,
): Promise<void> {
  const folder =
    at === undefined
      ? (within ?? (await chooseFolder(t("Which folder's services.json?"))))
      : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(at.folder));
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder.uri, configPath);
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(example));
  const document = await vscode.workspace.openTextDocument(uri);
  const range = at === undefined ? undefined : locateService(document.getText(), at.key);
  const start = document.positionAt(range?.offset ?? 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}

/** Opens it at its first error. */
export async function openBrokenFile({ folder, line, column }: BrokenFile): Promise<void> {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(folder), configPath);
  const start = new vscode.Position(line - 1, column - 1);
  await vscode.window.showTextDocument(uri, { selection: new vscode.Range(start, start) });
}

/** Returns the only folder, or the one that the user picks. */
export async function chooseFolder(question: string): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick({ placeHolder: question }) : folders[0];
}
