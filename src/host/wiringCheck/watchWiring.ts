/** Reports changes of the files that connect the services of a workspace, on the disk and in editors. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';
import { concernsWiring, wiringGlob } from '../../core/wiringCheck/files';
import { settings } from '../config/settings';

export interface WiringListener {
  /** A file was created, changed or deleted. */
  filesChanged(): void;
  /** A document or the setting has changed. */
  lookAgain(): void;
  /** Whether the last check read this file. */
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
  for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) lifetime.add(event(fileChanged));
  // Watchers are slow or missing on some remote file systems; saves in this window are known at once.
  lifetime.add(workspace.onDidSaveTextDocument(({ uri }) => fileChanged(uri)));
  lifetime.add(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) textChanged(document);
    }),
  );
  // Closed without saving: the content on the disk counts again.
  lifetime.add(workspace.onDidCloseTextDocument(textChanged));
  // Users expect current problems in the file that they open: an unknown process may be listening by now.
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

/** In a workspace that is not trusted nothing is checked, not even a port. */
export const isWiringCheckWanted = (): boolean => vscode.workspace.isTrusted && settings().wiringCheck;

/** Returns the contents of documents with unsaved changes, by path. */
export const unsavedTexts = (): ReadonlyMap<string, string> =>
  new Map(
    vscode.workspace.textDocuments
      .filter(({ uri, isDirty }) => uri.scheme === 'file' && isDirty)
      .map((document) => [document.uri.fsPath, document.getText()]),
  );
