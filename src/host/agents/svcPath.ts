/** Puts svc on the PATH of integrated terminals. */
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Slot } from '../../app/lifetime';
import type { Disposable, Log } from '../../app/ports';
import { t } from '../../core/wording/l10n';

/**
 * VS Code starts the terminals again whose environment an extension changes, those of tasks included, unless somebody has typed into them
 * (`terminal.integrated.environmentChangesRelaunch`; seen on 1.139.1): that would end what runs there. So the PATH is left as it is until
 * no task runs. Later windows have it from their start.
 */
export function addToPath(collection: vscode.GlobalEnvironmentVariableCollection, scripts: () => string, log: Log): Disposable {
  const later = new Slot();
  try {
    const value = `${path.delimiter}${scripts()}`;
    collection.description = t('Adds the command svc, which lists, starts and stops services.');
    const append = (): void => {
      if (vscode.tasks.taskExecutions.length > 0) return;
      later.dispose();
      collection.append('PATH', value);
    };
    if (collection.get('PATH')?.value === value) return later;
    later.set(vscode.tasks.onDidEndTask(append));
    append();
  } catch (error) {
    log.warn(`The command svc is not available in terminals: ${error instanceof Error ? error.message : String(error)}`);
  }
  return later;
}
