/** The dashboard: real services, one that is killed and one that leaks, as a user and a screen reader see them. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { DashboardPage } from '../support/workbench/dashboard';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { answeringPid, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';
import { changeTheme, themeNames } from './support/themes';

const server = `
const { createServer } = require('node:http');
console.log('serving <b>bold</b>');
createServer((_, response) => response.end(JSON.stringify({ pid: process.pid }))).listen(Number(process.argv[2]));
`;
/** 5 MB a second. */
const leak = `
console.log('signed in with ' + process.env.TOKEN);
const kept = [];
setInterval(() => kept.push(Buffer.alloc(1_000_000, 1)), 200);
`;

describe('the dashboard', () => {
  let session: Session;
  let workbench: Workbench;
  let dashboard: DashboardPage;
  let port: number;

  before(async () => {
    [port = 0] = await freePorts(1);
    const services = {
      backend: {
        ...{ role: 'backend', command: ['node', 'server.js', '${port}'], port, health: '/' },
        ...{ restart: 'on-failure', backoff: { initial: '100ms' } },
      },
      frontend: { command: ['node', 'leak.js'], role: 'worker', dependsOn: ['backend'], env: { TOKEN: 'hunter2hunter2' } },
      idle: { command: ['node', '-e', 'setInterval(() => undefined, 1000)'], role: 'worker' },
    };
    session = await Session.start({ files: { 'server.js': server, 'leak.js': leak, [configFile]: { services } } });
    workbench = await session.open();
    dashboard = new DashboardPage(workbench.page);
    await workbench.services.open();
    await workbench.services.clickTitleAction('Start All');
    await workbench.runCommand('Services: Open Dashboard');
    await dashboard.ready();
  });

  after(stopSessions);

  it('shows each service with its state, and what its processes use', async () => {
    await dashboard.waitForRow('backend', 'Healthy');
    await dashboard.waitForRow('frontend', /Running.*\d MB/);
    assert.deepEqual(await workbench.editorTitles(), ['Services Dashboard']);
    assert.equal(await dashboard.grid.getByRole('row').count(), 4);
  });

  it('is used with the keyboard alone, and keeps the focus while it is updated', async () => {
    await dashboard.row('backend').focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    await dashboard.frame.getByRole('row', { selected: true }).filter({ hasText: 'frontend' }).waitFor();
    await dashboard.tab('Timeline').focus();
    for (const tab of ['Charts', 'Log', 'Details']) {
      await workbench.page.keyboard.press('ArrowRight');
      await dashboard.frame.getByRole('tab', { name: tab, selected: true }).waitFor();
    }
    await dashboard.frame.getByRole('table', { name: 'Processes' }).getByText('leak.js').waitFor({ timeout: 60_000 });
    await dashboard.frame.getByText('TOKEN').waitFor();
    assert.equal(await dashboard.frame.getByText('hunter2').count(), 0);
    await dashboard.frame.locator('#tab-details:focus').waitFor();
  });

  it('leaves the rows of the view to be filtered by their names', async () => {
    const shows = (names: string): Promise<unknown> =>
      until(`the rows ${names}`, async () => (await workbench.services.rows()).map(({ name }) => name).join() === names, 60_000);
    const says = (message: string): Promise<unknown> =>
      until(`the message ${message}`, async () => (await workbench.services.message()) === message);
    const type = async (text: string): Promise<void> => {
      await workbench.runCommand('Services: Filter…');
      await workbench.page.getByPlaceholder('Part of the name of a service or group').fill(text);
    };
    await type('FRONT');
    await shows('frontend');
    await workbench.page.keyboard.press('Enter');
    await shows('frontend');
    await says('Filter: FRONT');
    await workbench.screenshot('filtered');
    await workbench.services.clickTitleAction('Clear Filter');
    await shows('backend,frontend,idle');
    await says('');
    await type('nothing like that ');
    await shows('');
    await says('Filter: nothing like that');
    await workbench.page.keyboard.press('Escape');
    await shows('backend,frontend,idle');
  });

  it('has a line about what happened while it was closed', async () => {
    await workbench.runCommand('View: Close Editor');
    await until('no tab', async () => (await workbench.editorTitles()).length === 0, 60_000);
    const before = await answeringPid(port);
    process.kill(before, 'SIGKILL');
    await until('another process responds', async () => (await answeringPid(port)) !== before, 60_000);
    await workbench.services.rowWhere('backend', 'is healthy again', isHealthy, 60_000);
    await workbench.runCommand('Services: Open Dashboard');
    await dashboard.away.filter({ hasText: /While you were away: backend restarted once \(.+\)/ }).waitFor({ timeout: 60_000 });
  });

  it('opens the log at the moment of an incident', async () => {
    const crash = dashboard.incidents.filter({ hasText: 'backend failed' });
    await crash.waitFor({ timeout: 60_000 });
    await crash.click();
    await dashboard.frame.getByRole('log', { name: 'Log' }).getByText('serving <b>bold</b>').first().waitFor({ timeout: 60_000 });
    await dashboard.frame.getByRole('row', { selected: true }).filter({ hasText: 'backend' }).waitFor();
  });

  it('keeps its history, its tab, what is chosen, and what was cleared over a reload of the window', async () => {
    const served = dashboard.frame.getByRole('log', { name: 'Log' }).getByText('serving <b>bold</b>');
    await dashboard.button('Clear').click();
    await served.first().waitFor({ state: 'detached' });
    await dashboard.show('Timeline');
    await workbench.reload();
    await dashboard.ready();
    await dashboard.frame.getByRole('tab', { name: 'Timeline', selected: true }).waitFor({ timeout: 60_000 });
    await dashboard.frame.getByRole('row', { selected: true }).filter({ hasText: 'backend' }).waitFor({ timeout: 60_000 });
    await dashboard.incidents.filter({ hasText: /backend failed .* restarted automatically/ }).waitFor({ timeout: 60_000 });
    await dashboard.show('Log');
    await dashboard.button('Show Earlier Lines').waitFor({ timeout: 60_000 });
    assert.equal(await served.count(), 0);
    await dashboard.button('Show Earlier Lines').click();
    await served.first().waitFor();
  });

  it('shows a leak in the samples of its service', async () => {
    await dashboard.row('frontend').click();
    await dashboard.show('Charts');
    await dashboard.frame.locator('.dash-figures summary').click({ timeout: 60_000 });
    const samples = dashboard.frame.getByRole('table', { name: 'Samples' }).getByRole('row');
    const growth = async (): Promise<number> => {
      const memory = (await samples.allInnerTexts()).flatMap((row) => /(\d+) MB/.exec(row)?.[1] ?? []).map(Number);
      return (memory[0] ?? 0) - (memory.at(-1) ?? 0);
    };
    await until('50 MB more', async () => (await growth()) > 50, 60_000);
  });

  it('copies a report of what happened, without secrets', async () => {
    await dashboard.button('Copy Incident Report').click();
    await workbench.notifications.waitFor(/^Report copied/);
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.locator('.editor-group-container.active .monaco-editor').first().click();
    await workbench.page.keyboard.press('ControlOrMeta+v');
    const report = await until('the report', async () => {
      const text = await workbench.editorText();
      return text.includes('Incident report') && text;
    });
    assert.match(report, /backend failed[^]*signed in with \[removed\]/);
    assert.doesNotMatch(report, /hunter2/);
    await workbench.runCommand('View: Revert and Close Editor');
    await dashboard.ready();
  });

  it('has no violation that axe finds in any tab and kind of theme, and nothing cut off in a narrow window', async () => {
    const found: string[] = [];
    const look = async (when: string): Promise<void> => {
      for (const tab of ['Timeline', 'Charts', 'Details', 'Checks', 'Log']) {
        await dashboard.show(tab);
        await dashboard.row('backend').hover();
        const seen = [...(await dashboard.violations()), ...(await dashboard.cutOff())];
        found.push(...seen.map((violation) => `${when}, ${tab}: ${violation}`));
      }
    };
    for (const theme of themeNames) {
      await changeTheme(session, workbench, theme, dashboard.frame);
      await look(theme);
    }
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.page.setViewportSize({ width: 448, height: 800 });
    await look('400 px');
    assert.deepEqual(found, []);
  });
});
