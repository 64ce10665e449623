/** Reads a workspace folder for discovery, on any file system. */
import * as vscode from 'vscode';
import type { FolderEntry, FolderReader } from '../../app/ports';

export function folderReader(folder: vscode.Uri): FolderReader {
  const at = (path: string): vscode.Uri => (path === '' ? folder : vscode.Uri.joinPath(folder, ...path.split('/')));
  return {
    ...(folder.scheme === 'file' ? { root: folder.fsPath } : {}),
    system: process.platform === 'win32' ? 'windows' : 'posix',
    list: (path) =>
      Promise.resolve(vscode.workspace.fs.readDirectory(at(path))).then(
        (entries) => entries.flatMap(([name, type]) => entryOf(name, type)),
        () => [],
      ),
    readText: (path, limit) => readText(at(path), limit),
  };
}

/** A link has the type of its target and the link bit. A link to a folder is skipped: it may lead back to a parent. */
function entryOf(name: string, type: vscode.FileType): FolderEntry[] {
  if ((type & vscode.FileType.File) !== 0) return [{ name, kind: 'file' }];
  return type === vscode.FileType.Directory ? [{ name, kind: 'folder' }] : [];
}

async function readText(uri: vscode.Uri, limit: number): Promise<string | undefined> {
  try {
    // A device or a pipe is not a regular file, and reading it might never end.
    const { size, type } = await vscode.workspace.fs.stat(uri);
    if (size > limit || (type & vscode.FileType.File) === 0) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
