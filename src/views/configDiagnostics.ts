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

  /** Removes the problems of a document that no longer exists. */
  forget(document: vscode.Uri): void {
    this.#collection.delete(document);
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

function diagnostic(text: string, { severity, message, code, range }: ConfigProblem): vscode.Diagnostic {
  const level = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const entry = new vscode.Diagnostic(rangeIn(text, range), message, level);
  entry.source = 'Services';
  entry.code = code;
  return entry;
}
