/** Reads what is around a services.json: folders, env files, scripts and Compose files. */
import * as vscode from 'vscode';
import type { Entry } from '../../core/authoring/files';
import { composeFileNames, overridesOf } from '../../core/workspaceFiles/compose';
import { managerByField, managerByLock } from '../../core/authoring/scripts';
import type { PackageManagerName } from '../../core/model/packageManagers';

/** A longer package.json or Compose file is not written by hand. */
const maxBytes = 1_000_000;

/** Resolves a path of services.json against `base`; undefined when only a start can resolve its variables. */
export function resolve(folder: vscode.Uri, written: string, base = folder): vscode.Uri | undefined {
  const path = written.replaceAll('${workspaceFolder}', folder.path);
  if (path.includes('${')) return undefined;
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  return isAbsolute ? folder.with({ path: vscode.Uri.file(path).path }) : vscode.Uri.joinPath(base, path.replaceAll('\\', '/'));
}

/** Returns no entries when the folder cannot be read. A link counts as its target. */
export async function list(folder: vscode.Uri | undefined): Promise<readonly Entry[]> {
  if (folder === undefined) return [];
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.map(([name, type]) => ({ name, kind: (type & vscode.FileType.Directory) === 0 ? 'file' : 'folder' }));
  } catch {
    return [];
  }
}

/** Returns the package.json of a folder with the program that runs its scripts; undefined when there is none. */
export async function packageIn(
  folder: vscode.Uri,
  workspace: vscode.Uri,
): Promise<{ readonly manifest: string; readonly manager: PackageManagerName } | undefined> {
  const manifest = await readText(vscode.Uri.joinPath(folder, 'package.json'));
  if (manifest === undefined) return undefined;
  const folders = upTo(workspace, folder);
  const names = await Promise.all(folders.map(async (each) => (await list(each)).map(({ name }) => name)));
  const byLock = managerByLock(names);
  if (byLock !== undefined) return { manifest, manager: byLock };
  for (const each of folders) {
    const named = managerByField((await readText(vscode.Uri.joinPath(each, 'package.json'))) ?? '');
    if (named !== undefined) return { manifest, manager: named };
  }
  return { manifest, manager: 'npm' };
}

/** Returns the texts of the Compose files of a service: the named ones, else those of the nearest folder that has one. */
export async function composeTexts(
  workspace: vscode.Uri,
  { cwd, files }: { readonly cwd: string; readonly files: readonly string[] },
): Promise<readonly string[]> {
  const base = resolve(workspace, cwd);
  if (base === undefined) return [];
  if (files.length > 0) return readTexts(files.map((file) => resolve(workspace, file, base)));
  for (const folder of upTo(workspace, base)) {
    const names = (await list(folder)).map(({ name }) => name);
    const file = composeFileNames.find((name) => names.includes(name));
    if (file === undefined) continue;
    const own = overridesOf(file).filter((name) => names.includes(name));
    return readTexts([file, ...own].map((name) => vscode.Uri.joinPath(folder, name)));
  }
  return [];
}

async function readTexts(files: readonly (vscode.Uri | undefined)[]): Promise<readonly string[]> {
  const texts = await Promise.all(files.map(async (file) => (file === undefined ? undefined : readText(file))));
  return texts.filter((text) => text !== undefined);
}

/** Returns the folder and those above it, up to the workspace folder. */
function upTo(workspace: vscode.Uri, folder: vscode.Uri): readonly vscode.Uri[] {
  const folders = [folder];
  let at = folder;
  while (at.path !== workspace.path && at.path.startsWith(`${workspace.path}/`)) {
    at = vscode.Uri.joinPath(at, '..');
    folders.push(at);
  }
  return folders;
}

async function readText(file: vscode.Uri): Promise<string | undefined> {
  try {
    const { size, type } = await vscode.workspace.fs.stat(file);
    if (size > maxBytes || (type & vscode.FileType.File) === 0) return undefined;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  } catch {
    return undefined;
  }
}

export const exists = (uri: vscode.Uri): Promise<boolean> =>
  Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );
