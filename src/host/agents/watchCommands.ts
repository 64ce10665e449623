/** Hears which commands run in terminals with shell integration. What a program in a terminal runs itself is not reported by VS Code. */
import * as vscode from 'vscode';
import type { SeenCommand } from '../../core/diagnosis/killCommands';

export function watchCommands(ran: (command: SeenCommand) => void): vscode.Disposable {
  return vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) =>
    ran({ at: Date.now(), line: execution.commandLine.value, terminal: terminal.name }),
  );
}
