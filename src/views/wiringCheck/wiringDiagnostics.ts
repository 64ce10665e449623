/** Shows the problems of the wiring check in the Problems view. */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import type { WiringProblem } from '../../core/wiringCheck/problem';
import { rangeIn } from '../textRange';

const source = 'Services';

export class WiringDiagnostics implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('serviceLifecycle.wiring');
  /** What is shown for each file, so that a check with the same result changes nothing. */
  readonly #shown = new Map<string, string>();

  /** Replaces all problems. `texts` are the contents to which the ranges refer, by path. */
  report({
    problems,
    texts,
  }: {
    readonly problems: readonly WiringProblem[];
    readonly texts: ReadonlyMap<string, string>;
  }): void {
    const files = new Set([...this.#shown.keys(), ...problems.map(({ file }) => file)]);
    for (const file of files) {
      const found = problems.filter((problem) => problem.file === file);
      this.#show(
        file,
        found.map((problem) => diagnosticOf(texts.get(file) ?? '', problem)),
      );
    }
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #show(file: string, diagnostics: readonly vscode.Diagnostic[]): void {
    const shown = JSON.stringify(diagnostics);
    if (this.#shown.get(file) === shown) return;
    if (diagnostics.length === 0) this.#shown.delete(file);
    else this.#shown.set(file, shown);
    this.#collection.set(vscode.Uri.file(file), diagnostics);
  }
}

function diagnosticOf(text: string, { code, message, range }: WiringProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeIn(text, range), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = source;
  diagnostic.code = code;
  return diagnostic;
}

/** Whether an entry of the Problems view belongs to this problem. */
export const isAbout = (diagnostic: vscode.Diagnostic, { code, message }: WiringProblem): boolean =>
  diagnostic.source === source && diagnostic.code === code && diagnostic.message === message;
