/** Shows the problems of services.json in the Problems view, each at its place. */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import type { ConfigProblem } from '../core/config/problem';
import { rangeIn } from './textRange';

export class ConfigDiagnostics implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('serviceLifecycle');

  /** Replaces the problems of the document. `text` is the content to which the ranges refer. */
  report(document: vscode.Uri, text: string, problems: readonly ConfigProblem[]): void {
    this.#collection.set(
      document,
      problems.map((problem) => diagnostic(text, problem)),
    );
  }

  /** Removes the problems of every other document: its file or its folder no longer exists. */
  retain(documents: readonly vscode.Uri[]): void {
    const kept = new Set(documents.map(String));
    const gone: vscode.Uri[] = [];
    this.#collection.forEach((document) => {
      if (!kept.has(String(document))) gone.push(document);
    });
    for (const document of gone) this.#collection.delete(document);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

const levels: Readonly<Record<ConfigProblem['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

function diagnostic(text: string, { severity, message, code, range }: ConfigProblem): vscode.Diagnostic {
  const entry = new vscode.Diagnostic(rangeIn(text, range), message, levels[severity]);
  entry.source = 'Services';
  entry.code = code;
  return entry;
}
