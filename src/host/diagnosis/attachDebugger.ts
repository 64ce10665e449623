/** Attaches VS Code's debugger for Node to a service that waits for it. */
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { showMessage } from '../../messages/showMessage';

/** Waits a short time, because the debugger reports only whether the session was created. */
export async function attachDebugger({ folder, key }: ServiceSpec, port: number): Promise<void> {
  const within = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder));
  const configuration = { type: 'node', request: 'attach', name: key, address: '127.0.0.1', port, continueOnAttach: true };
  const isAttached = await vscode.debug.startDebugging(within, configuration).then(
    (started) => started,
    () => false,
  );
  if (!isAttached) void showMessage('warning', t('No debugger could be attached to {0} on port {1}.', key, port));
}
