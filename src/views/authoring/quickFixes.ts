/** Quick fixes for the problems of services.json, and the conversion of a command of Docker Compose. */
import * as vscode from 'vscode';
import { commandIds } from '../../core/model/commandIds';
import { composeConversion } from '../../core/authoring/toCompose';
import { fixesFor } from '../../core/authoring/fixes';
import { namedAt, variableFixes } from '../../core/authoring/launchFixes';
import type { Named } from '../../core/authoring/launchFixes';
import { parseServices } from '../../core/config/parse';
import type { ConfigProblem } from '../../core/config/problem';
import { t } from '../../core/wording/l10n';
import { addEdits, folderOf, placeIn, rangeIn } from './document';
import { exists, resolve } from './surroundings';

export class QuickFixes implements vscode.CodeActionProvider {
  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const folder = folderOf(document);
    if (folder === undefined) return [];
    const text = document.getText();
    const place = placeIn(folder);
    // The diagnostics were found when the file was saved; the current text counts.
    const problems = parseServices(text, place).problems.filter((problem) => touches(rangeIn(document, problem.range), range));
    const fixed = problems.flatMap((problem) => {
      const shown = context.diagnostics.filter((diagnostic) => isSame(diagnostic, problem));
      const fixes = fixesFor(text, problem, place);
      return fixes.map((fix, index) =>
        edited(fix.title, document, { ...fix, isPreferred: fix.isPreferred && index === 0, shown }),
      );
    });
    const unstartable = context.diagnostics.filter(({ source, code }) => source === 'Services' && code === 'cannotStart');
    const made = await Promise.all(unstartable.map((diagnostic) => launchFixes(document, folder, diagnostic)));
    const conversion = composeConversion(text, document.offsetAt(range.start), place);
    const converted = conversion === undefined ? [] : [edited(conversion.title, document, { ...conversion, shown: [] })];
    return [...fixed, ...made.flat(), ...converted];
  }
}

const touches = (a: vscode.Range, b: vscode.Range): boolean => a.intersection(b) !== undefined;

const isSame = ({ source, code, message }: vscode.Diagnostic, problem: ConfigProblem): boolean =>
  source === 'Services' && code === problem.code && message === problem.message;

interface Edited {
  readonly edits: Parameters<typeof addEdits>[2];
  readonly isPreferred: boolean;
  readonly shown: readonly vscode.Diagnostic[];
}

function edited(title: string, document: vscode.TextDocument, { edits, isPreferred, shown }: Edited): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  addEdits(action.edit, document, edits);
  action.isPreferred = isPreferred;
  action.diagnostics = [...shown];
  return action;
}

async function launchFixes(
  document: vscode.TextDocument,
  folder: vscode.WorkspaceFolder,
  shown: vscode.Diagnostic,
): Promise<readonly vscode.CodeAction[]> {
  const text = document.getText();
  const offset = document.offsetAt(shown.range.start);
  const missing = await Promise.all(namedAt(text, offset).map((named) => creation(named, folder, shown)));
  return [
    ...missing.filter((action) => action !== undefined),
    ...variableFixes(text, offset).map(({ title, edits }) =>
      edited(title, document, { edits, isPreferred: true, shown: [shown] }),
    ),
  ];
}

/** Creates the env file in the service's folder, unless it exists there or in the workspace folder. */
async function creation(
  { kind, path, cwd }: Named,
  folder: vscode.WorkspaceFolder,
  shown: vscode.Diagnostic,
): Promise<vscode.CodeAction | undefined> {
  const base = kind === 'file' ? resolve(folder.uri, cwd) : folder.uri;
  const uri = base && resolve(folder.uri, path, base);
  const elsewhere = resolve(folder.uri, path);
  if (uri === undefined || (await exists(uri)) || (elsewhere !== undefined && (await exists(elsewhere)))) return undefined;
  const name = vscode.workspace.asRelativePath(uri, false);
  const title = kind === 'file' ? t('Create the empty file {0}', name) : t('Create the folder {0}', name);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.command = { command: commandIds.createMissing, title, arguments: [kind, uri.fsPath] };
  action.isPreferred = true;
  action.diagnostics = [shown];
  return action;
}
