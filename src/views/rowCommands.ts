/**
 * The commands that a click on a row runs, without arguments. VS Code keeps the arguments of a command only until the row
 * is drawn again, and answers a click that was on its way meanwhile with "Actual command not found" (CommandsConverter,
 * seen on 1.139.1).
 */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { Row } from '../core/views/tree';

export class RowCommands implements Disposable {
  readonly #registered = new Map<string, Disposable>();

  /** Registers the command at the first call, until it is disposed. The underscore hides it from the Command Palette. */
  of({ id, title, argument }: NonNullable<Row['command']>): vscode.Command {
    const command = `_${id}:${argument}`;
    if (!this.#registered.has(command)) {
      const run = (): Thenable<unknown> => vscode.commands.executeCommand(id, argument);
      this.#registered.set(command, vscode.commands.registerCommand(command, run));
    }
    return { command, title };
  }

  dispose(): void {
    for (const registration of this.#registered.values()) registration.dispose();
  }
}
