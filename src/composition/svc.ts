/** Makes the command svc available: in integrated terminals, as an MCP server, and in the instructions for agents. */
import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { registerMcpProvider } from '../host/agents/mcpProvider';
import { setUpAgents } from '../host/agents/setUpAgents';
import { addToPath } from '../host/agents/svcPath';
import { RestrictedFolders } from '../os/agents/restrictedFolders';
import { writeSvcScripts } from '../os/agents/svcScripts';
import { specs } from './parts';
import type { Own, Parts } from './parts';

/** Returns the command Set Up AI Agents…. */
export function offerSvc({ context, log, store }: Parts, own: Own): () => Promise<void> {
  const storage = context.globalStorageUri.fsPath;
  const program = { runtime: process.execPath, bundle: path.join(context.extensionPath, 'dist', 'svc', 'svc.js'), storage };
  own(addToPath(context.environmentVariableCollection, () => writeSvcScripts(program), log));
  noteRestricted(storage, log, own);
  const { version } = context.extension.packageJSON as { readonly version: string };
  own(registerMcpProvider({ runtime: program.runtime, args: [program.bundle, storage, 'mcp'], version }));
  const svc = path.join(storage, 'bin', process.platform === 'win32' ? 'svc.cmd' : 'svc');
  return () => setUpAgents({ specs: () => specs(store), svc });
}

/** Until the user trusts the workspace, svc can say why nothing serves it. */
function noteRestricted(storage: string, log: Parts['log'], own: Own): void {
  if (vscode.workspace.isTrusted) return;
  const restricted = new RestrictedFolders(storage);
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  try {
    const notes = own(vscode.Disposable.from(...folders.map(({ uri }) => restricted.note(realpathSync.native(uri.fsPath)))));
    own(vscode.workspace.onDidGrantWorkspaceTrust(() => void notes.dispose()));
  } catch (error) {
    log.warn(`That this workspace is not trusted could not be noted for svc: ${String(error)}`);
  }
}
