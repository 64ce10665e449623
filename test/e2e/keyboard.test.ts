/** Every main task without a mouse: from the first key on, only keys are pressed. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { until } from '../support/poll';
import { MultiPick } from '../support/workbench/multiPick';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('the keyboard alone', () => {
  let port: number;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    [port = 0] = await freePorts(1);
    const services = {
      api: { command: ['node', 'server.js', '${port}'], port, health: { http: '/health', interval: '300ms' } },
      fails: { command: `node -e "console.error(\\"Error: Cannot find module 'express'\\"); process.exit(1)"`, role: 'backend' },
    };
    const files = {
      'server.js': fixture('server.js'),
      'tool/package.json': { scripts: { start: 'node serve.js' } },
      'tool/serve.js': "require('node:http').createServer((_, reply) => reply.end()).listen(3999);\n",
      [configFile]: { services },
    };
    session = await Session.start({ files });
    workbench = await session.open();
    await focusView();
    await workbench.services.row('fails');
  });

  after(stopSessions);

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await workbench.page.keyboard.press(key);
  }
  const type = (typed: string): Promise<void> => workbench.page.keyboard.type(typed);
  const focusIsIn = async (selector: string): Promise<boolean> =>
    (await workbench.page.locator(`${selector}:focus-within`).count()) > 0;
  const view = '.part.sidebar .customview-tree .monaco-list';
  /**
   * Presses the chord of the view until the focus stays there. Keys count as soon as the window has read its keybindings, which
   * no sign of it shows; a window that is still opening moves the focus once more; and half a chord opens Go to Line.
   */
  const focusView = (): Promise<unknown> =>
    until('the focus in the view', async () => {
      await press('Escape', 'Control+k', 'Control+g');
      await until('the focus', () => focusIsIn(view), 2_000).catch(() => undefined);
      await setTimeout(700);
      return focusIsIn(view);
    });
  const inView = (): Promise<unknown> => until('the focus in the view', () => focusIsIn(view));
  const becomes = (name: string, pattern: RegExp): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ description }) => pattern.test(description), 60_000);
  const healthy = (): Promise<ServiceRow> => workbench.services.rowWhere('api', 'is healthy', isHealthy, 60_000);
  /** Runs a command of the palette. */
  const run = async (title: string): Promise<void> => {
    await press('F1');
    await workbench.page.locator('.quick-input-widget .quick-input-box input').waitFor();
    await type(title);
    await until(title, async () => (await workbench.quickInput.items())[0]?.startsWith(title));
    await press('Enter');
  };
  const rows = (pattern: RegExp): Promise<string[]> =>
    until(`a list with ${String(pattern)}`, async () => {
      const items = await workbench.quickInput.items();
      return items.some((item) => pattern.test(item)) && items;
    });

  it('focuses the view by a chord, and starts the focused service', async () => {
    await focusView();
    await press('Home', 'F5');
    await healthy();
  });

  it('shows the terminal on Enter and stays in the view, where Ctrl+C ends nothing', async () => {
    const pid = await answeringPid(port);
    await press('Enter');
    await workbench.terminals.waitForText(/\S/);
    await holdsFor(1500, async () => assert.ok(await focusIsIn(view)));
    await press('Control+c');
    await holdsFor(1000, async () => assert.equal(await answeringPid(port), pid));
  });

  it('goes into the terminal on Ctrl+Enter, and comes back', async () => {
    await press('Control+Enter');
    await until('the focus in the terminal', () => focusIsIn('.part.panel .terminal-wrapper'));
    await focusView();
  });

  it('restarts the focused service', async () => {
    const before = await answeringPid(port);
    await press('Control+Shift+F5');
    await until('another process', async () => (await answeringPid(port).catch(() => before)) !== before, 30_000);
    await healthy();
  });

  it('shows the diagnosis of a failed service, copies a line of it and runs its first fix', async () => {
    await press('ArrowDown', 'F5');
    await becomes('fails', /^Failed|express/);
    await inView();
    await press('Control+.');
    const [verdict = ''] = await rows(/Fix/);
    assert.match(verdict, /express/);
    await workbench.screenshot('keyboard-diagnosis');
    await press('Enter');
    await rows(/Copied/);
    await type('npm install');
    await until('only the fix', async () => ((await workbench.quickInput.items())[0] ?? '').includes('npm install'));
    await press('ArrowDown', 'ArrowUp', 'Enter');
    await workbench.terminals.waitForText(/npm install express$/);
    await press('Control+c', 'Control+k', 'Control+g');
    await inView();
  });

  it('opens a service from the status bar, with the actions that apply', async () => {
    await until('the focus in the status bar', async () => {
      if (await focusIsIn('.part.statusbar')) return true;
      await press('F6');
      return focusIsIn('.part.statusbar');
    });
    await until('the item of api', async () => {
      if (await focusIsIn('.part.statusbar .statusbar-item[id$="service:api"]')) return true;
      await press('ArrowRight');
      return focusIsIn('.part.statusbar .statusbar-item[id$="service:api"]');
    });
    await press('Enter');
    const items = await rows(/fails/);
    assert.match(items[0] ?? '', /api/);
    await workbench.screenshot('keyboard-pick');
    await press('Enter');
    const actions = await rows(/Restart/);
    assert.match(actions[0] ?? '', /Open in Browser/);
    assert.ok(
      actions.every((action) => !/Diagnose|\bStart\b/.test(action)),
      actions.join(),
    );
    await workbench.screenshot('keyboard-actions');
    await type('Stop');
    await press('Enter');
    await becomes('api', /^Stopped/);
  });

  it('starts and stops by the palette, without a question when one service is left', async () => {
    await run('Services: Start');
    const items = await rows(/api/);
    assert.equal(items.length, 2, items.join());
    await type('api');
    await press('Enter');
    await healthy();
    await run('Services: Stop');
    await becomes('api', /^Stopped/);
    await run('Services: Stop');
    await workbench.notifications.waitFor(/No service is running/);
    await run('Notifications: Clear All Notifications');
  });

  it('names the healthy service that has a port, instead of a process that was left over', async () => {
    await press('Control+k', 'Control+g', 'Home', 'F5');
    await healthy();
    await run('Services: Free Port…');
    await workbench.page.locator('.quick-input-widget .quick-input-box input[placeholder="8000"]').waitFor();
    await type(String(port));
    await press('Enter');
    const question = await workbench.notifications.waitFor(/Port \d+ is in use/);
    assert.equal(question, `Port ${port} is in use by the service api, which is healthy.`);
    assert.deepEqual((await workbench.notifications.buttons(question)).toSorted(), ['Leave It', 'Stop api']);
    await run('Notifications: Clear All Notifications');
    assert.ok(isHealthy(await workbench.services.row('api')));
  });

  it('adds a service that was found, after a test run', async () => {
    const pick = new MultiPick(workbench.page);
    await run('Services: Add Services…');
    await pick.rowWhere('tool', ({ ticked }) => ticked);
    await until('the button that starts a test run', async () => {
      const focused = await workbench.page
        .locator('.quick-input-titlebar .action-label:focus')
        .getAttribute('aria-label', { timeout: 500 })
        .catch(() => null);
      if (focused?.startsWith('Try All')) return true;
      // The arrow keys move within the title.
      await press(focused === null ? 'Shift+Tab' : 'ArrowRight');
      return false;
    });
    await press('Enter');
    assert.match((await workbench.dialog.message()).detail, /^tool\s+Command: /);
    await press('Enter');
    await pick.rowWhere('tool', ({ icons }) => icons.includes('pass'), 60_000);
    await workbench.screenshot('keyboard-add-services');
    assert.match(await workbench.page.locator('.quick-input-title').innerText(), /1 of 1 respond/);
    await until('the focus in the field', async () => {
      if (await focusIsIn('.quick-input-widget .quick-input-box')) return true;
      await press('Tab');
      return false;
    });
    await press('Enter');
    await workbench.services.row('tool');
    assert.match(await readFile(join(session.workspace, configFile), 'utf8'), /"tool"/);
  });

  it('keeps Stop All while something runs, also when services.json is deleted', async () => {
    await run('Services: Open Configuration');
    await workbench.page.locator('.tabs-container .tab.active', { hasText: 'services.json' }).waitFor();
    await session.remove(configFile);
    await until('only the row of what is running', async () => (await workbench.services.rows()).length === 1);
    await run('Services: Stop All');
    await until('no row', async () => (await workbench.services.rows()).length === 0, 30_000);
  });
});
