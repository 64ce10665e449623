/** Quick fixes for a health path that seems wrong: those of a diagnosis, which looks for a path that responds. */
import * as vscode from 'vscode';
import type { Store } from '../app/store';
import { locateValue } from '../core/config/locate';
import type { Finding } from '../core/diagnosis/finding';
import { commandIds } from '../core/model/commandIds';
import { healthPathCode } from './healthPathProblems';
import { rangeIn } from './textRange';

export class HealthPathFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(
    private readonly store: Store,
    private readonly diagnose: (id: string) => Promise<readonly Finding[]>,
  ) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: Pick<vscode.CodeActionContext, 'diagnostics'>,
  ): Promise<vscode.CodeAction[]> {
    const about = diagnostics.filter(({ source, code }) => source === 'Services' && code === healthPathCode);
    const actions = await Promise.all(about.map((diagnostic) => this.#actionsFor(document, diagnostic)));
    return actions.flat();
  }

  async #actionsFor(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): Promise<readonly vscode.CodeAction[]> {
    const text = document.getText();
    const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri.fsPath;
    const service = this.store
      .services()
      .filter(({ spec }) => spec.folder === folder)
      .find(({ spec }) => rangeIn(text, locateValue(text, spec.key, 'health')).isEqual(diagnostic.range));
    if (service === undefined) return [];
    const findings = await this.diagnose(service.spec.id).catch(() => []);
    const changes = (findings.find(({ code }) => code === healthPathCode)?.actions ?? []).filter(
      ({ command }) => command === commandIds.changeConfig,
    );
    return changes.map(({ title, command, arguments: args = [] }, index) => {
      const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
      action.command = { title, command, arguments: [...args] };
      action.isPreferred = index === 0;
      action.diagnostics = [diagnostic];
      return action;
    });
  }
}
