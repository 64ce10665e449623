/**
 * What a click on a row does, as commands without arguments. The arguments of a command VS Code keeps only until the row is drawn again,
 * and to a click that was on its way meanwhile it says "Actual command not found" (its CommandsConverter, seen on 1.139.1).
 */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { Row } from '../core/views/tree';

export class RowCommands implements Disposable {
  readonly #registered = new Map<string, Disposable>();

  /** Known to VS Code from the first call on, to the end. Its underscore keeps it out of every list. */
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
