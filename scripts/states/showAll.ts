import { until } from '../../test/support/poll';
import type { Session } from '../../test/support/workbench/session';
import type { Workbench } from '../../test/support/workbench/workbench';
import { pausedPort, servicesLater, statesAtStart } from './services';

/** Brings every service into the state that it is named by. */
export async function showAll(session: Session, workbench: Workbench): Promise<void> {
  const { services: view, notifications, dialog } = workbench;
  const question = /Start these services whenever this workspace opens/;
  await notifications.waitFor(question, 60_000);
  await notifications.click(question, 'Review Commands…');
  await dialog.click('Always Start');
  await view.rowWhere('stopped', 'is up', ({ label }) => label.includes('Running'), 60_000);
  await view.clickAction('stopped', 'Stop');
  await view.clickAction('asking', 'Start');
  await notifications.waitFor(/asking needs port/, 30_000);
  await pause(workbench);
  await view.rowWhere('outdated', 'is healthy', ({ label }) => label.includes('Healthy'), 60_000);
  await session.write('.vscode/services.json', { services: servicesLater });
  for (const [name, words] of Object.entries(statesAtStart))
    await view.rowWhere(name, `says ${words}`, (row) => row.label.includes(words), 90_000);
}

/** At a statement of its own, which needs no breakpoint. */
async function pause(workbench: Workbench): Promise<void> {
  const { services: view, quickInput, page } = workbench;
  await view.rowWhere('paused', 'is healthy', ({ label }) => label.includes('Healthy'), 60_000);
  const choose = async (): Promise<void> => {
    await workbench.runCommand('Services: Debug');
    // Only the first rows of the pick are drawn.
    await page.locator('.quick-input-box input[placeholder="Debug which service?"]').fill('paused', { timeout: 8000 });
  };
  await quickInput.chooseFrom(choose, 'paused');
  const address = `http://127.0.0.1:${pausedPort}/pause`;
  const isPaused = async (): Promise<boolean> => (await view.row('paused')).label.includes('Paused in the debugger');
  // Until the debugger is attached, it responds at once.
  await until('the pause', async () => (void fetch(address).catch(() => undefined), isPaused()), 60_000);
  await view.open();
}
