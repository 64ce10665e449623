/** The extension's settings. They are read where they are used, so that a change takes effect immediately. */
import * as vscode from 'vscode';

export interface Settings {
  readonly autoStart: boolean;
  /** The groups whose services start with the workspace: as written, of any type. */
  readonly autoStartGroups: unknown;
  readonly showTerminal: 'never' | 'onFailure' | 'always';
  /** Nothing is restarted automatically while a debugger is paused. */
  readonly waitForDebugger: boolean;
  /** Whether Add Services is offered once in a workspace without services.json. */
  readonly offerServices: boolean;
  readonly openIn: 'external' | 'simpleBrowser';
  /** Whether ports in proxies, env files, CORS lists and Compose files are compared with the services. */
  readonly wiringCheck: boolean;
  /** When a failure is shown as a notification. */
  readonly notifications: 'always' | 'whenHidden' | 'never';
  /** What the interval of a healthy service is multiplied by while the window has no focus: as written, of any type. */
  readonly unfocusedProbeFactor: unknown;
}

export function settings(): Settings {
  const section = vscode.workspace.getConfiguration('serviceLifecycle');
  return {
    autoStart: section.get<boolean>('autoStart', true),
    autoStartGroups: section.get<unknown>('autoStartGroups'),
    showTerminal: section.get<Settings['showTerminal']>('showTerminal', 'never'),
    waitForDebugger: section.get<boolean>('waitForDebugger', true),
    notifications: section.get<Settings['notifications']>('notifications', 'always'),
    offerServices: section.get<boolean>('offerServices', true),
    openIn: section.get<Settings['openIn']>('openIn', 'external'),
    wiringCheck: section.get<boolean>('wiringCheck', true),
    unfocusedProbeFactor: section.get<unknown>('unfocusedProbeFactor'),
  };
}

export function shouldReveal(when: 'started' | 'failed'): boolean {
  const { showTerminal } = settings();
  return showTerminal === 'always' || (showTerminal === 'onFailure' && when === 'failed');
}

/** Whether a failure is shown as a notification, depending on whether the Services view is visible. */
export function isNotificationWanted(isViewVisible: boolean): boolean {
  const { notifications } = settings();
  return notifications === 'always' || (notifications === 'whenHidden' && !isViewVisible);
}

const megabyte = 1024 * 1024;

/** What is kept on disk of the output of one service, in bytes: 1 to 100 MB, as the manifest says. */
export function logBytes(): number {
  const written = vscode.workspace.getConfiguration('serviceLifecycle').get<unknown>('logSize');
  return Math.min(100, Math.max(1, typeof written === 'number' ? written : 5)) * megabyte;
}
