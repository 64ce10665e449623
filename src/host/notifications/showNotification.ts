/** Shows the notification of a failure, whose buttons run commands. */
import * as vscode from 'vscode';
import type { FailureNotification } from '../../core/notifications/failureNotification';
import { showMessage } from '../../messages/showMessage';

/** Settles when the user has answered or closed it, and the chosen command has ended. */
export async function showNotification({ severity, message, buttons }: FailureNotification): Promise<void> {
  const titles = buttons.map(({ title }) => title);
  const answer = await showMessage(severity, message, ...titles);
  const chosen = buttons.find(({ title }) => title === answer);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
}
