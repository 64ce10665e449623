/** Connects the restarts after changes of files. */
import * as vscode from 'vscode';
import { Watching } from '../app/watch/watching';
import { fileEvents } from '../host/watch/fileEvents';
import { createChangedFiles } from '../os/watch/changedFiles';
import type { Own, Parts } from './parts';

export function watchFiles({ store, supervisor, sharing, world, context, onDidLead }: Parts, own: Own): void {
  const ownFolders = [context.globalStorageUri, context.storageUri].flatMap((uri) => (uri === undefined ? [] : [uri.fsPath]));
  const watching = own(
    new Watching({
      store,
      supervisor,
      clock: world.clock,
      events: fileEvents,
      files: createChangedFiles(() => vscode.workspace.isTrusted),
      folderOf: (spec) => world.folderOf(spec),
      supervises: (spec) => sharing.leads(spec),
      ownFolders,
    }),
  );
  own(onDidLead(() => watching.lookAgain()));
}
