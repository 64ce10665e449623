/**
 * An automatic start must not save what the user is typing. `executeTask` obeys `task.saveBeforeRun`, which is `always`
 * by default, and VS Code has no other switch for one execution (read in 1.139's abstractTaskService). So only where
 * it matters, with unsaved files open and a start that the user did not request, the user's own setting is `never` for the
 * moment in which the task is handed over. What it was before is kept durably, so that a crash in that moment cannot leave it.
 */
import * as vscode from 'vscode';
import type { StartedBy } from '../../core/lifecycle/state';

const setting = 'task.saveBeforeRun';
const keptAs = 'saveBeforeRun.original';

/** How the setting stood: a memento does not distinguish `undefined` from "nothing kept", so it is wrapped. */
interface Kept {
  readonly value: string | undefined;
}

export class SaveGuard {
  /** Executions under way that need the setting to be `never`. */
  #users = 0;
  #switching: Promise<void> = Promise.resolve();

  constructor(private readonly memory: vscode.Memento) {}

  /** Runs `execute`; with `auto`, no editor is saved by it. Rejects as `execute` does, or when the settings cannot be written. */
  async around<T>(by: StartedBy, execute: () => Thenable<T>): Promise<T> {
    if (by === 'user' || !needsGuard()) return execute();
    this.#users += 1;
    await this.#switch();
    try {
      return await execute();
    } finally {
      this.#users -= 1;
      await this.#switch();
    }
  }

  /** After a crash in the moment of a guarded start: puts the setting back. */
  async recover(): Promise<void> {
    await this.#switch();
  }

  /** One change of the setting at a time, each bringing it to what is wanted by then. */
  #switch(): Promise<void> {
    this.#switching = this.#switching.catch(() => undefined).then(() => this.#apply());
    return this.#switching;
  }

  async #apply(): Promise<void> {
    const kept = this.memory.get<Kept>(keptAs);
    const configuration = vscode.workspace.getConfiguration();
    if (this.#users > 0 && kept === undefined) {
      await this.memory.update(keptAs, { value: configuration.inspect<string>(setting)?.globalValue } satisfies Kept);
      await configuration.update(setting, 'never', vscode.ConfigurationTarget.Global);
    } else if (this.#users === 0 && kept !== undefined) {
      await configuration.update(setting, kept.value, vscode.ConfigurationTarget.Global);
      await this.memory.update(keptAs, undefined);
    }
  }
}

function needsGuard(): boolean {
  if (vscode.workspace.getConfiguration().get<string>(setting) === 'never') return false;
  // Untitled documents have no file that could be overwritten; VS Code leaves them alone as well.
  return vscode.workspace.textDocuments.some((document) => document.isDirty && !document.isUntitled);
}
