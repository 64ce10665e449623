/** Opens a service's address in the configured browser. Remote windows forward the port. */
import * as vscode from 'vscode';
import { settings } from '../config/settings';

export async function openInBrowser(url: string): Promise<void> {
  const address = vscode.Uri.parse(url);
  if (settings().openIn === 'external') {
    await vscode.env.openExternal(address);
    return;
  }
  // Unlike openExternal, the simple browser does not forward ports of a remote machine.
  const reachable = await vscode.env.asExternalUri(address);
  await vscode.commands.executeCommand('simpleBrowser.show', reachable.toString(true));
}
