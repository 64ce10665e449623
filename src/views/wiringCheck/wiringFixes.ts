/** Quick fixes for the problems of the wiring check. They are computed for the current content of the document, unsaved changes included. */
import * as vscode from 'vscode';
import { commandIds } from '../../core/model/commandIds';
import type { WiringFix, WiringProblem } from '../../core/wiringCheck/problem';
import { rangeIn } from '../textRange';
import { isAbout } from './wiringDiagnostics';

/** Finds the problems in the current content of a file. */
export type FindProblems = (file: string, text: string) => readonly WiringProblem[];

export class WiringFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(private readonly find: FindProblems) {}

  provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: Pick<vscode.CodeActionContext, 'diagnostics'>,
  ): vscode.CodeAction[] {
    const text = document.getText();
    return this.find(document.uri.fsPath, text)
      .filter((problem) => rangeIn(text, problem.range).intersection(range) !== undefined)
      .flatMap((problem) => {
        const about = diagnostics.filter((diagnostic) => isAbout(diagnostic, problem));
        return problem.fixes.map((fix, index) => actionOf(fix, { document, text, about, isFirst: index === 0 }));
      });
  }
}

interface Context {
  readonly document: vscode.TextDocument;
  readonly text: string;
  readonly about: vscode.Diagnostic[];
  readonly isFirst: boolean;
}

function actionOf(fix: WiringFix, { document, text, about, isFirst }: Context): vscode.CodeAction {
  const action = new vscode.CodeAction(fix.title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = about;
  if (fix.kind === 'edit') {
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, rangeIn(text, fix.range), fix.text);
    action.isPreferred = isFirst;
  } else {
    // Only the saved services.json counts, so the fix is a command that also saves it.
    action.command = { title: fix.title, command: commandIds.setPort, arguments: [fix.service, fix.port] };
  }
  return action;
}
