/**
 * Pictures of every state at the same time, in each kind of theme and at two widths of the side bar: `npm run screenshots:states`.
 * They go to test-results/screenshots/states.
 */
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../test/support/poll';
import { repositoryRoot, resultsFolder } from '../test/support/repository';
import { npm } from '../test/support/run';
import { Session } from '../test/support/workbench/session';
import type { Workbench } from '../test/support/workbench/workbench';
import { services, serverSource, startPort } from './states/services';
import { showAll } from './states/showAll';

const themes: Readonly<Record<string, string>> = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
};

/** Widths of the side bar, in CSS pixels. */
const widths = [300, 200] as const;

/** Of the activity bar, in CSS pixels. */
const activityBarWidth = 48;

const folder = join(resultsFolder, 'screenshots', 'states');

export async function main(): Promise<number> {
  const packaged = await npm(['run', '--silent', 'package'], { cwd: repositoryRoot, output: 'keep' });
  if (packaged.code !== 0) throw new Error(packaged.output);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const session = await Session.start({ files: { 'server.js': serverSource, '.vscode/services.json': { services } } });
  const other = spawn(process.execPath, [join(session.workspace, 'server.js'), String(startPort + 90)], { stdio: 'ignore' });
  const watched = spawn(process.execPath, [join(session.workspace, 'server.js'), String(startPort + 91)], { stdio: 'ignore' });
  try {
    const workbench = await session.open();
    await workbench.services.open();
    await showAll(session, workbench);
    for (const [name, theme] of Object.entries(themes)) await showIn(session, workbench, name, theme);
  } finally {
    other.kill('SIGKILL');
    watched.kill('SIGKILL');
    await session.stop();
  }
  return 0;
}

async function showIn(session: Session, workbench: Workbench, name: string, theme: string): Promise<void> {
  const { page } = workbench;
  const settings = { 'workbench.colorTheme': theme };
  await session.write('.vscode/settings.json', settings);
  const kind = name.startsWith('high-contrast')
    ? name.endsWith('light')
      ? 'hc-light'
      : 'hc-black'
    : `vs${name === 'dark' ? '-dark' : ''}`;
  await until(`the theme ${theme}`, async () => (await page.locator(`.monaco-workbench.${kind}`).count()) > 0, 30_000);
  for (const width of widths) {
    await workbench.widenSidebar(activityBarWidth + width);
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), animations: 'disabled' });
  }
  await workbench.widenSidebar(activityBarWidth + widths[0]);
  for (const row of ['failed', 'hung', 'healthy', 'partly', 'question', 'debugged', 'paused', 'outdated', 'asking']) {
    await workbench.services.tooltip(row);
    await page.screenshot({ path: join(folder, `${name}-hover-${row}.png`), animations: 'disabled' });
  }
  await workbench.statusBar.tooltip('Services').catch(() => undefined);
  await page.screenshot({ path: join(folder, `${name}-status-bar.png`), animations: 'disabled' });
  await page.mouse.move(1000, 250);
}
