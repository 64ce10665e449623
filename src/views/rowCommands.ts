/**
 * The commands that a click on a row runs, without arguments. VS Code keeps the arguments of a command only until the row
 * is drawn again, and answers a click that was on its way meanwhile with "Actual command not found" (CommandsConverter,
 * seen on 1.139.1).
 */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { RowCommand } from '../core/views/tree';

export class RowCommands implements Disposable {
  readonly #registered = new Map<string, { readonly owner: string; readonly registration: Disposable }>();

  /**
   * Registers the command at the first call, as long as `owner` is listed: the service that it is for, or a folder. The underscore
   * hides it from the Command Palette.
   */
  of({ id, title, arguments: args }: RowCommand, owner: string): vscode.Command {
    const command = `_${id}:${args.length === 1 ? String(args[0]) : JSON.stringify(args)}:${owner}`;
    if (!this.#registered.has(command)) {
      const run = (): Thenable<unknown> => vscode.commands.executeCommand(id, ...args);
      this.#registered.set(command, { owner, registration: vscode.commands.registerCommand(command, run) });
    }
    return { command, title };
  }

  /** Lets go what belongs to services that are not in the list any more. */
  retain(owners: ReadonlySet<string>): void {
    for (const [command, { owner, registration }] of [...this.#registered]) {
      if (owners.has(owner)) continue;
      registration.dispose();
      this.#registered.delete(command);
    }
  }

  dispose(): void {
    for (const { registration } of this.#registered.values()) registration.dispose();
  }
}
