/** Completes what the schema does not contain: names of services, folders, scripts, env files and variables. */
import * as vscode from 'vscode';
import { defined } from '../../core/model/defined';
import type { Completion } from '../../core/authoring/completion';
import { composeCompletions } from '../../core/authoring/composeServices';
import { dependencyCompletions } from '../../core/authoring/dependencies';
import { envFileCompletions, folderCompletions, folderTyped } from '../../core/authoring/files';
import { groupCompletions } from '../../core/authoring/groups';
import { launchCompletions } from '../../core/authoring/launch';
import { newServiceCompletions } from '../../core/authoring/newService';
import { readable } from '../../core/authoring/readable';
import { scriptCompletions } from '../../core/authoring/scripts';
import { variableCompletions } from '../../core/authoring/variables';
import { wantedAt } from '../../core/authoring/wanted';
import type { Wanted } from '../../core/authoring/wanted';
import type { LaunchTargets } from '../../core/debug/launchEntries';
import { launchTargets } from '../../core/debug/launchEntries';
import { servicesOf } from '../../core/config/references';
import { folderOf, placeIn, rangeIn } from './document';
import { composeTexts, list, packageIn, resolve } from './surroundings';

export const completionTriggers = ['"', '/', '$', '{'] as const;

export class ValueCompletion implements vscode.CompletionItemProvider {
  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    _token: vscode.CancellationToken,
    { triggerCharacter }: vscode.CompletionContext,
  ): Promise<vscode.CompletionItem[]> {
    const folder = folderOf(document);
    const offset = document.offsetAt(position);
    const text = document.getText();
    const wanted = folder === undefined ? undefined : wantedAt(text, offset);
    if (folder === undefined || wanted === undefined || !isAskedFor(wanted, triggerCharacter)) return [];
    const found = await completions(wanted, { text, offset }, folder);
    return found.map((completion, index) => item(document, completion, index));
  }
}

/** A slash in a command, or a brace around a service, needs no completion. */
function isAskedFor({ kind }: Wanted, triggerCharacter: string | undefined): boolean {
  switch (triggerCharacter) {
    case '/':
      return kind === 'folder';
    case '$':
      return kind === 'variable';
    case '{':
      return kind === 'variable' || kind === 'dependency';
    default:
      return true;
  }
}

interface At {
  readonly text: string;
  readonly offset: number;
}

async function completions(wanted: Wanted, at: At, folder: vscode.WorkspaceFolder): Promise<readonly Completion[]> {
  switch (wanted.kind) {
    case 'service':
      return newServiceCompletions(wanted.cursor, new Set(servicesOf(readable(at.text, at.offset)).map(({ key }) => key)));
    case 'dependency':
      return dependencyCompletions(wanted, at, placeIn(folder));
    case 'group':
      return groupCompletions(wanted, at);
    case 'launch':
      return launchCompletions(wanted.cursor, targetsIn(folder));
    case 'variable':
      return variableCompletions(wanted);
    case 'composeService':
      return composeCompletions(wanted.cursor, await composeTexts(folder.uri, wanted));
    case 'folder':
      return folderCompletions(wanted.cursor, await list(resolve(folder.uri, folderTyped(wanted.cursor))));
    case 'envFile': {
      const own = await list(resolve(folder.uri, wanted.cwd));
      return envFileCompletions(wanted.cursor, [own, await list(folder.uri)], wanted.written);
    }
    case 'script': {
      const cwd = resolve(folder.uri, wanted.cwd);
      const found = cwd === undefined ? undefined : await packageIn(cwd, folder.uri);
      return found === undefined ? [] : scriptCompletions(wanted.cursor, found.manifest, found.manager);
    }
  }
}

function item(document: vscode.TextDocument, completion: Completion, index: number): vscode.CompletionItem {
  const { label, detail, kind, range, insert, form, filter } = completion;
  const made = new vscode.CompletionItem({ label, ...defined({ description: detail }) }, kinds[kind]);
  made.range = rangeIn(document, range);
  made.insertText = form === 'snippet' ? new vscode.SnippetString(insert) : insert;
  made.filterText = filter;
  // Keeps the order, and comes before the completions of the schema.
  made.sortText = `!${String(index).padStart(4, '0')}`;
  return made;
}

const kinds: Readonly<Record<Completion['kind'], vscode.CompletionItemKind>> = {
  service: vscode.CompletionItemKind.Reference,
  group: vscode.CompletionItemKind.EnumMember,
  launch: vscode.CompletionItemKind.Value,
  folder: vscode.CompletionItemKind.Folder,
  file: vscode.CompletionItemKind.File,
  script: vscode.CompletionItemKind.Value,
  variable: vscode.CompletionItemKind.Variable,
  snippet: vscode.CompletionItemKind.Snippet,
};

function targetsIn(folder: vscode.WorkspaceFolder): LaunchTargets {
  const written = vscode.workspace.getConfiguration('launch', folder);
  return launchTargets(written.get('configurations'), written.get('compounds'));
}
