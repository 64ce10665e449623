/** Tells when a file in which the parts of a workspace are wired to one another is changed, on the disk or in an editor. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';
import { concernsWiring, wiringGlob } from '../../core/wiringCheck/files';
import { settings } from '../config/settings';

export interface WiringListener {
  /** Written, made or removed. */
  filesChanged(): void;
  /** A text in an editor, or whether the check is wanted. */
  lookAgain(): void;
  /** Whether the text of the file has a say in the verdict. */
  reads(file: string): boolean;
}

export function watchWiring(listener: WiringListener): Disposable {
  const lifetime = new Lifetime();
  const watcher = lifetime.add(vscode.workspace.createFileSystemWatcher(wiringGlob));
  const fileChanged = ({ fsPath }: vscode.Uri): void => {
    if (concernsWiring(fsPath)) listener.filesChanged();
  };
  const textChanged = ({ uri }: vscode.TextDocument): void => {
    if (uri.scheme === 'file' && listener.reads(uri.fsPath)) listener.lookAgain();
  };
  const { workspace, window } = vscode;
  for (const told of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) lifetime.add(told(fileChanged));
  // Watchers are slow or absent on some remote file systems; a save in this window is known at once.
  lifetime.add(workspace.onDidSaveTextDocument(({ uri }) => fileChanged(uri)));
  lifetime.add(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) textChanged(document);
    }),
  );
  // Closed without saving: the text on the disk counts again.
  lifetime.add(workspace.onDidCloseTextDocument(textChanged));
  // Who looks at a file wants to know how it is now: somebody unknown may have begun to listen meanwhile.
  lifetime.add(
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined) textChanged(editor.document);
    }),
  );
  lifetime.add(workspace.onDidGrantWorkspaceTrust(() => listener.lookAgain()));
  lifetime.add(
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('serviceLifecycle.wiringCheck')) listener.lookAgain();
    }),
  );
  return lifetime;
}

/** Nothing is tried in a workspace that is not trusted, not even a port. */
export const isWiringCheckWanted = (): boolean => vscode.workspace.isTrusted && settings().wiringCheck;

/** Texts of documents that differ from what is on the disk. */
export const unsavedTexts = (): ReadonlyMap<string, string> =>
  new Map(
    vscode.workspace.textDocuments
      .filter(({ uri, isDirty }) => uri.scheme === 'file' && isDirty)
      .map((document) => [document.uri.fsPath, document.getText()]),
  );
