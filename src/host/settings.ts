/** The extension's settings, each read where it is used, so that a change counts at once. */
import * as vscode from 'vscode';

export interface Settings {
  readonly autoStart: boolean;
  readonly showTerminal: 'never' | 'onFailure' | 'always';
  readonly openIn: 'external' | 'simpleBrowser';
}

export function settings(): Settings {
  const section = vscode.workspace.getConfiguration('serviceLifecycle');
  return {
    autoStart: section.get<boolean>('autoStart', true),
    showTerminal: section.get<Settings['showTerminal']>('showTerminal', 'never'),
    openIn: section.get<Settings['openIn']>('openIn', 'external'),
  };
}
