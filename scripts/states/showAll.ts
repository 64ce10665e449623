import type { Workbench } from '../../test/support/workbench/workbench';
import { statesAtStart } from './services';

/** Brings every service into the state that it is named by. */
export async function showAll(workbench: Workbench): Promise<void> {
  const { services: view, notifications, dialog } = workbench;
  const question = /Start these services whenever this workspace opens/;
  await notifications.waitFor(question, 60_000);
  await notifications.click(question, 'Review Commands…');
  await dialog.click('Always Start');
  await view.rowWhere('stopped', 'is up', ({ label }) => label.includes('Running'), 60_000);
  await view.clickAction('stopped', 'Stop');
  await view.clickAction('asking', 'Start');
  await notifications.waitFor(/asking needs port/, 30_000);
  for (const [name, words] of Object.entries(statesAtStart))
    await view.rowWhere(name, `says ${words}`, (row) => row.label.includes(words), 90_000);
}
