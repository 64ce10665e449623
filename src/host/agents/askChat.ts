/** Opens VS Code's chat with the report of a diagnosis. Nothing is sent: that is left to the user. */
import * as vscode from 'vscode';
import { askChat } from '../../core/diagnosis/actions';
import type { FindingAction } from '../../core/diagnosis/finding';
import { openChatCommandId } from '../../core/model/commandIds';

/** Offered where there is a chat. */
export async function chatActions(id: string): Promise<readonly FindingAction[]> {
  const commands = await vscode.commands.getCommands(true);
  return commands.includes(openChatCommandId) ? [askChat(id)] : [];
}

/** `report` is Markdown without secrets. */
export async function openChat(id: string, report: string): Promise<void> {
  const tools = '#diagnoseService #serviceLogs #restartService #services';
  const query = `${tools}\nThe service "${id}" is not well. Find the cause, and say how to correct it.\n\n${report}`;
  await vscode.commands.executeCommand(openChatCommandId, { query, isPartialQuery: true });
}
