import type { Workbench } from '../../support/workbench/workbench';

/** Collects each different state of a row, with its reason, during an action; rejects when the action does. */
export async function shownDuring(workbench: Workbench, name: string, goesOn: Promise<unknown>): Promise<string[]> {
  const shown = new Set<string>();
  const over = goesOn.then(() => 'over' as const);
  while ((await Promise.race([over, pause()])) !== 'over') {
    for (const row of await workbench.services.rows()) if (row.name === name) shown.add(row.state);
  }
  return [...shown];
}

const pause = (): Promise<'goes on'> => new Promise((resolve) => setTimeout(() => resolve('goes on'), 50));
