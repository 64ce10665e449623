/** The button that changes by what the rows of the view are grouped. */
import * as vscode from 'vscode';
import type { Grouping } from '../core/views/grouping';
import { t } from '../core/wording/l10n';
import { showPick } from '../messages/showPick';
import { currentGrouping, groupingSetting } from './grouping';

/** Asks, and writes the setting: for the workspace where the workspace has it, or else for the user. */
export async function pickGrouping(): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const current = currentGrouping();
  const items = choices.map((choice) => ({ ...choice, ...(choice.grouping === current && { iconPath: checked }) }));
  const options = { title: t('Services'), placeHolder: t('Group the services by') };
  const choice = await showPick(items, options);
  if (choice === undefined || choice.grouping === current) return;
  const isOfWorkspace = configuration.inspect(groupingSetting)?.workspaceValue !== undefined;
  const target = isOfWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(groupingSetting, choice.grouping, target);
}

const checked = new vscode.ThemeIcon('check');

const choices: readonly { readonly grouping: Grouping; readonly label: string; readonly description: string }[] = [
  { grouping: 'folder', label: t('Folder'), description: t('One list where there is one folder') },
  { grouping: 'group', label: t('Group'), description: t('By "groups" in services.json') },
  { grouping: 'role', label: t('Role'), description: t('Backend, frontend, database, worker and other') },
];
