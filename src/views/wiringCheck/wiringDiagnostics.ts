/** What the wiring check found as entries of the Problems view, each at its place. */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import type { WiringProblem } from '../../core/wiringCheck/problem';
import { rangeIn } from '../textRange';

const source = 'Services';

export class WiringDiagnostics implements Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('serviceLifecycle.wiring');
  /** What was said last of each file, so that nothing is drawn again for a check that found the same. */
  readonly #said = new Map<string, string>();

  /** Replaces everything that was said. `texts` are what the ranges were counted in. */
  report({
    problems,
    texts,
  }: {
    readonly problems: readonly WiringProblem[];
    readonly texts: ReadonlyMap<string, string>;
  }): void {
    const files = new Set([...this.#said.keys(), ...problems.map(({ file }) => file)]);
    for (const file of files) {
      const found = problems.filter((problem) => problem.file === file);
      this.#say(
        file,
        found.map((problem) => diagnosticOf(texts.get(file) ?? '', problem)),
      );
    }
  }

  dispose(): void {
    this.#collection.dispose();
  }

  #say(file: string, diagnostics: readonly vscode.Diagnostic[]): void {
    const said = JSON.stringify(diagnostics);
    if (this.#said.get(file) === said) return;
    if (diagnostics.length === 0) this.#said.delete(file);
    else this.#said.set(file, said);
    this.#collection.set(vscode.Uri.file(file), diagnostics);
  }
}

function diagnosticOf(text: string, { code, message, range }: WiringProblem): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeIn(text, range), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = source;
  diagnostic.code = code;
  return diagnostic;
}

/** Whether an entry of the Problems view is the one for this problem. */
export const isAbout = (diagnostic: vscode.Diagnostic, { code, message }: WiringProblem): boolean =>
  diagnostic.source === source && diagnostic.code === code && diagnostic.message === message;
