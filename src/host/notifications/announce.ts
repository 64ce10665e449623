/** One notification of a failure; its buttons run commands. */
import * as vscode from 'vscode';
import type { Notice } from '../../core/notifications/notice';

/** Settles when the person has answered or closed it, and what they chose has been done. */
export async function announce({ severity, message, buttons }: Notice): Promise<void> {
  const titles = buttons.map(({ title }) => title);
  const answer = await (severity === 'error'
    ? vscode.window.showErrorMessage(message, ...titles)
    : vscode.window.showWarningMessage(message, ...titles));
  const chosen = buttons.find(({ title }) => title === answer);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen.command, ...(chosen.arguments ?? []));
}
