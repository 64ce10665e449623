/**
 * The commands that a click on a row runs, without arguments. VS Code keeps the arguments of a command only until the row
 * is drawn again, and answers a click that was on its way meanwhile with "Actual command not found" (CommandsConverter,
 * seen on 1.139.1).
 */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { Row } from '../core/views/tree';

export class RowCommands implements Disposable {
  /** By command, with the service that it is for. */
  readonly #registered = new Map<string, { readonly id: string; readonly registration: Disposable }>();

  /** Registers the command at the first call, as long as its service is listed. The underscore hides it from the Command Palette. */
  of({ id, title, argument }: NonNullable<Row['command']>): vscode.Command {
    const command = `_${id}:${argument}`;
    if (!this.#registered.has(command)) {
      const run = (): Thenable<unknown> => vscode.commands.executeCommand(id, argument);
      this.#registered.set(command, { id: argument, registration: vscode.commands.registerCommand(command, run) });
    }
    return { command, title };
  }

  /** Lets go what belongs to services that are not in the list any more. */
  retain(ids: ReadonlySet<string>): void {
    for (const [command, { id, registration }] of [...this.#registered]) {
      if (ids.has(id)) continue;
      registration.dispose();
      this.#registered.delete(command);
    }
  }

  dispose(): void {
    for (const { registration } of this.#registered.values()) registration.dispose();
  }
}
