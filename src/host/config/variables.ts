/** The values of VS Code's variables, as far as an extension can know them. */
import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ServiceSpec } from '../../core/model/service';
import type { VariableLookUp } from '../../core/config/variables';

/** Leaves `${command:…}`, `${input:…}` and variables of the open file to VS Code, which resolves them in the task. */
export function variablesOf(spec: ServiceSpec): VariableLookUp {
  return (name, argument) => {
    switch (name) {
      case 'port':
        return spec.port?.toString();
      case 'workspaceFolder':
      case 'workspaceRoot':
        return argument === undefined ? spec.folder : folderNamed(argument);
      case 'workspaceFolderBasename':
        return path.basename(argument === undefined ? spec.folder : (folderNamed(argument) ?? spec.folder));
      case 'userHome':
        return homedir();
      case 'pathSeparator':
      case '/':
        return path.sep;
      case 'env':
        // VS Code replaces an unset variable by an empty string.
        return argument === undefined ? undefined : (process.env[argument] ?? '');
      case 'config':
        return argument === undefined ? undefined : configured(argument, spec.folder);
      default:
        return undefined;
    }
  };
}

const folderNamed = (name: string): string | undefined =>
  vscode.workspace.workspaceFolders?.find((folder) => folder.name === name)?.uri.fsPath;

function configured(key: string, folder: string): string | undefined {
  const value = vscode.workspace.getConfiguration(undefined, vscode.Uri.file(folder)).get<unknown>(key);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
