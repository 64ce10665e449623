/** The only place that shows messages: what a text contains never becomes a link or a command. */
import * as vscode from 'vscode';
import type { ButtonTitle } from '../core/wording/button';
import { plainMessage } from '../core/wording/plainMessage';

export type Severity = 'information' | 'warning' | 'error';

/** Shows a notification. Returns the chosen button, or undefined when the notification was closed. */
export function showMessage<T extends ButtonTitle>(
  severity: Severity,
  text: string,
  ...buttons: readonly T[]
): Thenable<T | undefined> {
  const message = plainMessage(text);
  switch (severity) {
    case 'information':
      return vscode.window.showInformationMessage(message, ...buttons);
    case 'warning':
      return vscode.window.showWarningMessage(message, ...buttons);
    case 'error':
      return vscode.window.showErrorMessage(message, ...buttons);
  }
}

/**
 * Asks in a modal dialog, whose detail VS Code shows as plain text. Returns the chosen button, or undefined for Cancel, which VS Code
 * adds itself.
 */
export function askModal<T extends ButtonTitle>(text: string, detail: string, ...buttons: readonly T[]): Thenable<T | undefined> {
  return vscode.window.showWarningMessage(plainMessage(text), { modal: true, detail }, ...buttons);
}
