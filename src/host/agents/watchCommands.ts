/** Reports which commands run in terminals with shell integration. What a program in a terminal runs itself is not reported by VS Code. */
import * as vscode from 'vscode';
import type { SeenCommand } from '../../core/diagnosis/killCommands';

export interface CommandListener {
  started(command: SeenCommand): void;
  ended?(command: SeenCommand): void;
}

export function watchCommands(listener: CommandListener): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.window.onDidStartTerminalShellExecution((event) => listener.started(seen(event))),
    vscode.window.onDidEndTerminalShellExecution((event) => listener.ended?.(seen(event))),
  );
}

const seen = ({ terminal, execution }: vscode.TerminalShellExecutionStartEvent): SeenCommand => ({
  at: Date.now(),
  line: execution.commandLine.value,
  terminal: terminal.name,
});
