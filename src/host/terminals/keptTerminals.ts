/**
 * VS Code starts a terminal again when an extension changes the environment of terminals and no one has typed into it, and the process
 * in it ends (`terminal.integrated.environmentChangesRelaunch`, which spares no task that is reconnected after a reload; seen on
 * 1.139.1). A text of no characters counts as typed.
 */
import type * as vscode from 'vscode';

export class KeptTerminals {
  readonly #runs = new Set<string>();

  /** Only once there is output: where it is readable, Ctrl+C is recognized by its echo. */
  keep(run: string, terminal: Pick<vscode.Terminal, 'sendText'> | undefined): void {
    if (terminal === undefined || this.#runs.has(run)) return;
    this.#runs.add(run);
    terminal.sendText('', false);
  }

  ended(run: string): void {
    this.#runs.delete(run);
  }
}
