/** Rename, Go to Definition and Find References for the names of services. */
import * as vscode from 'vscode';
import { nameAt, placesOf, renameEdits, renameProblem } from '../../core/authoring/rename';
import { taskEdits } from '../../core/authoring/taskReferences';
import { t } from '../../core/wording/l10n';
import { addEdits, folderOf, placeIn, rangeIn } from './document';

export class ServiceNames implements vscode.RenameProvider, vscode.DefinitionProvider, vscode.ReferenceProvider {
  prepareRename(document: vscode.TextDocument, position: vscode.Position): { range: vscode.Range; placeholder: string } {
    const { key, range } = renamed(document, position);
    return { range: rangeIn(document, range), placeholder: key };
  }

  async provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
  ): Promise<vscode.WorkspaceEdit> {
    const { key, folder } = renamed(document, position);
    const text = document.getText();
    const problem = renameProblem(text, key, newName);
    if (problem !== undefined) throw new Error(problem);
    const place = placeIn(folder);
    const edit = new vscode.WorkspaceEdit();
    addEdits(edit, document, renameEdits(text, key, newName, place));
    const named = (name: string) => ({ key: name, id: place.multiRoot ? `${place.folderName}/${name}` : name });
    for (const other of await openBeside(folder, ['tasks.json', 'launch.json']))
      addEdits(edit, other, taskEdits(other.getText(), named(key), named(newName)));
    return edit;
  }

  provideDefinition(document: vscode.TextDocument, position: vscode.Position): vscode.LocationLink[] {
    const found = find(document, position);
    const definition = found?.places.definition;
    if (found === undefined || definition === undefined) return [];
    const targetRange = rangeIn(document, definition);
    return [{ targetUri: document.uri, targetRange, originSelectionRange: rangeIn(document, found.range) }];
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
  ): vscode.Location[] {
    const places = find(document, position)?.places;
    if (places === undefined) return [];
    const { definition, references } = places;
    const ranges = [...(includeDeclaration && definition !== undefined ? [definition] : []), ...references];
    return ranges.map((range) => new vscode.Location(document.uri, rangeIn(document, range)));
  }
}

function find(document: vscode.TextDocument, position: vscode.Position) {
  const folder = folderOf(document);
  if (folder === undefined) return undefined;
  const text = document.getText();
  const place = placeIn(folder);
  const name = nameAt(text, document.offsetAt(position), place);
  return name?.key === undefined ? undefined : { range: name.range, places: placesOf(text, name.key, place) };
}

/** Returns the service to rename. VS Code shows the message of the error that is thrown otherwise. */
function renamed(document: vscode.TextDocument, position: vscode.Position) {
  const folder = folderOf(document);
  const name = folder && nameAt(document.getText(), document.offsetAt(position), placeIn(folder));
  if (folder === undefined || name === undefined)
    throw new Error(t('Only service names can be renamed here: put the cursor on one.'));
  const { key, text, range } = name;
  if (key === undefined) throw new Error(t('There is no service "{0}" in this file: correct the name instead.', text));
  return { folder, key, range };
}

async function openBeside(folder: vscode.WorkspaceFolder, names: readonly string[]): Promise<readonly vscode.TextDocument[]> {
  const opened = names.map((name) =>
    Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, '.vscode', name))).catch(() => undefined),
  );
  return (await Promise.all(opened)).filter((document) => document !== undefined);
}
