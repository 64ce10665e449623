/** Puts svc on the PATH of integrated terminals. */
import * as path from 'node:path';
import type * as vscode from 'vscode';
import type { Log } from '../../app/ports';
import { t } from '../../core/wording/l10n';

export function addToPath(collection: vscode.GlobalEnvironmentVariableCollection, scripts: () => string, log: Log): void {
  try {
    const folder = scripts();
    collection.description = t('Adds the command svc, which lists, starts and stops services.');
    collection.append('PATH', `${path.delimiter}${folder}`);
  } catch (error) {
    log.warn(`The command svc is not available in terminals: ${error instanceof Error ? error.message : String(error)}`);
  }
}
