/** VS Code's own watcher, which observes the folders of the workspace anyway and leaves out what `files.watcherExclude` names. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { FileEvents } from '../../app/watch/ports';

export const fileEvents: FileEvents = {
  watch: (root, changed) => {
    const lifetime = new Lifetime();
    const watcher = lifetime.add(
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(root), '**/*')),
    );
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      lifetime.add(event(({ fsPath }) => changed(fsPath)));
    return lifetime;
  },
};
