/** Whether the window that this extension host belongs to is there. */
import * as vscode from 'vscode';

/**
 * Settles when the window has replied. VS Code's server keeps the extension host of a browser tab that was closed, or whose network is gone,
 * for up to three hours; until the tab returns, nothing that is asked of the window settles.
 */
export async function windowResponds(): Promise<void> {
  try {
    await vscode.commands.executeCommand('setContext', 'serviceLifecycle.isResponding', true);
  } catch {
    // A refusal is a reply as well.
  }
}
