/** Shows in Problems, at the command, that a service would start with a version that its project does not ask for, with its fixes. */
import * as vscode from 'vscode';
import type { RuntimeMismatch } from '../app/diagnosis/runtimeMismatches';
import type { Disposable } from '../app/ports';
import { locateValue } from '../core/config/locate';
import { commandIds } from '../core/model/commandIds';
import { rangeIn } from './textRange';

const code = 'runtime-version';

/** A services.json as it was read, with what was found in it. */
export interface FileMismatches {
  readonly uri: vscode.Uri;
  readonly text: string;
  readonly found: readonly RuntimeMismatch[];
}

export class RuntimeProblems implements vscode.CodeActionProvider, Disposable {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  readonly #collection = vscode.languages.createDiagnosticCollection('serviceLifecycle.runtimes');
  #shown: readonly FileMismatches[] = [];

  /** Replaces all problems. */
  report(files: readonly FileMismatches[]): void {
    this.#shown = files;
    this.#collection.clear();
    for (const { uri, text, found } of files)
      this.#collection.set(
        uri,
        found.map(({ spec, message }) => diagnostic(text, spec.key, message)),
      );
  }

  provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: Pick<vscode.CodeActionContext, 'diagnostics'>,
  ): vscode.CodeAction[] {
    const found = this.#shown.filter(({ uri }) => uri.toString() === document.uri.toString()).flatMap((file) => file.found);
    return diagnostics.flatMap((shown) => {
      if (shown.source !== 'Services' || shown.code !== code) return [];
      const { actions = [] } = found.find(({ message }) => message === shown.message) ?? {};
      return actions
        .filter(({ command }) => command === commandIds.changeConfig || command === commandIds.runInTerminal)
        .map(({ title, command, arguments: args = [] }, index) => {
          const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
          action.command = { title, command, arguments: [...args] };
          action.isPreferred = index === 0;
          action.diagnostics = [shown];
          return action;
        });
    });
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

function diagnostic(text: string, key: string, message: string): vscode.Diagnostic {
  const entry = new vscode.Diagnostic(
    rangeIn(text, locateValue(text, key, 'command')),
    message,
    vscode.DiagnosticSeverity.Warning,
  );
  entry.source = 'Services';
  entry.code = code;
  return entry;
}
