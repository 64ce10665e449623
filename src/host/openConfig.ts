/** Opens services.json at a service, or makes one with an example to start from. */
import * as vscode from 'vscode';
import { locateService } from '../core/config/locate';
import type { ServiceSpec } from '../core/service';
import { configPath } from './configFiles';

const example = `{
  // Each service runs in a terminal of its own. Completion (Ctrl+Space) and hover tell every key.
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

export async function openConfig(at: Pick<ServiceSpec, 'folder' | 'key'> | undefined): Promise<void> {
  const folder = at === undefined ? await chooseFolder() : vscode.workspace.getWorkspaceFolder(vscode.Uri.file(at.folder));
  if (folder === undefined) return;
  const uri = vscode.Uri.joinPath(folder.uri, configPath);
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(example));
  const document = await vscode.workspace.openTextDocument(uri);
  const range = at === undefined ? undefined : locateService(document.getText(), at.key);
  const start = document.positionAt(range?.offset ?? 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick({ placeHolder: 'Whose services.json?' }) : folders[0];
}

const exists = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
