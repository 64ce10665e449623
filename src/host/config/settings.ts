/** The extension's settings, each read where it is used, so that a change counts at once. */
import * as vscode from 'vscode';

export interface Settings {
  readonly autoStart: boolean;
  readonly showTerminal: 'never' | 'onFailure' | 'always';
  /** Nothing is restarted while a debugger holds something still. */
  readonly waitForDebugger: boolean;
  /** Whether servers that are found in a workspace without services.json are offered, once. */
  readonly offerServices: boolean;
  readonly openIn: 'external' | 'simpleBrowser';
  /** Whether proxies, env files, CORS and Compose are compared with the services. */
  readonly wiringCheck: boolean;
  /** When a failure tells itself. */
  readonly notifications: 'always' | 'whenHidden' | 'never';
}

export function settings(): Settings {
  const section = vscode.workspace.getConfiguration('serviceLifecycle');
  return {
    autoStart: section.get<boolean>('autoStart', true),
    showTerminal: section.get<Settings['showTerminal']>('showTerminal', 'never'),
    waitForDebugger: section.get<boolean>('waitForDebugger', true),
    notifications: section.get<Settings['notifications']>('notifications', 'always'),
    offerServices: section.get<boolean>('offerServices', true),
    openIn: section.get<Settings['openIn']>('openIn', 'external'),
    wiringCheck: section.get<boolean>('wiringCheck', true),
  };
}

export function shouldReveal(when: 'started' | 'failed'): boolean {
  const { showTerminal } = settings();
  return showTerminal === 'always' || (showTerminal === 'onFailure' && when === 'failed');
}

/** Whether a failure is to be told by a notification, given whether the Services view shows it anyway. */
export function isNotificationWanted(isViewVisible: boolean): boolean {
  const { notifications } = settings();
  return notifications === 'always' || (notifications === 'whenHidden' && !isViewVisible);
}
