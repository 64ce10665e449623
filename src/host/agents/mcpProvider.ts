/** Offers the MCP server to VS Code's own chat, where the setting wants it: the language-model tools are there already. */
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';

const providerId = 'serviceLifecycle.mcp';

export interface McpProgram {
  readonly runtime: string;
  readonly args: readonly string[];
  readonly version: string;
}

export function registerMcpProvider({ runtime, args, version }: McpProgram): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const isWanted = (): boolean => vscode.workspace.getConfiguration('serviceLifecycle').get('mcpServer', false);
  const watch = vscode.workspace.onDidChangeConfiguration(
    (event) => event.affectsConfiguration('serviceLifecycle.mcpServer') && changed.fire(),
  );
  const servers = (): vscode.McpStdioServerDefinition[] => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    if (!isWanted() || !vscode.workspace.isTrusted || folder === undefined) return [];
    const server = new vscode.McpStdioServerDefinition(t('Services'), runtime, [...args], { ELECTRON_RUN_AS_NODE: '1' }, version);
    // The server finds the window by its folder.
    server.cwd = folder.uri;
    return [server];
  };
  // Editors that are built on VS Code may lack it.
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  const registration = lm?.registerMcpServerDefinitionProvider?.(providerId, {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: servers,
  });
  return vscode.Disposable.from(changed, watch, ...(registration === undefined ? [] : [registration]));
}
