/** `npm start` on a clone: the sample at work without a click, the experiments of its README, and nothing left when it ends. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/editor/chromium';
import { until } from '../support/poll';
import { commandLine } from '../support/processes';
import type { ServiceRow } from '../support/workbench/servicesView';
import { Workbench } from '../support/workbench/workbench';
import { FirstRun } from './support/firstRun';
import { allGone, answeringPid, isHealthy } from './support/observe';
import { canBind } from './support/ports';

/** The only fixed ports of a test: they are those of the sample. */
const port = { database: 4721, backend: 4722, frontend: 4723, mailer: 4724 };

describe('the first run with npm start', () => {
  let run: FirstRun;
  let browser: Browser;
  let workbench: Workbench;

  before(async () => {
    for (const each of Object.values(port)) assert.ok(await canBind(each), `Port ${each} of the sample is in use.`);
    [run, browser] = await Promise.all([FirstRun.start(), launchChromium()]);
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(run.url);
    workbench = new Workbench(page);
    await workbench.ready();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('first-run-failed');
  });

  after(() => browser.close());
  after(() => run.interrupt());

  const becomes = (name: string, pattern: RegExp): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state), 60_000);
  const healthy = (name: string): Promise<ServiceRow> => workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);

  const processesOf = (name: keyof typeof port): number[] =>
    run.processes().filter((pid) => commandLine(pid).endsWith(`server.js ${port[name]}`));

  it('prints the address and what to try', () => {
    assert.match(run.printed, /node crash\.js/);
    assert.match(run.printed, /Ctrl\+C/);
  });

  it('starts the services without a click, and those that depend on the database wait for it', async () => {
    await becomes('backend', /^Waiting for database/);
    await becomes('worker', /^Waiting for database/);
    await becomes('mailer', /^Failed/);
    for (const name of ['database', 'backend', 'frontend']) await healthy(name);
    assert.equal((await becomes('worker', /^Running/)).icon, 'play-circle');
    const page = await fetch(`http://localhost:${port.frontend}/api/hello`);
    assert.match(await page.text(), /Hello from the backend/);
  });

  it('shows the README beside them, and no welcome page, chat or Restricted Mode', async () => {
    const { page } = workbench;
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await preview.getByRole('heading', { name: 'Five services at work' }).waitFor();
    assert.deepEqual(await workbench.editorTitles(), ['Preview README.md']);
    assert.equal(await page.locator('.part.auxiliarybar:visible').count(), 0);
    assert.equal(await page.locator('.part.banner:visible').count(), 0);
    assert.equal(await page.locator('.statusbar-item:visible', { hasText: 'Restricted Mode' }).count(), 0);
    assert.deepEqual(
      (await workbench.notifications.messages()).filter((message) => !message.startsWith('mailer')),
      [],
    );
  });

  it('restarts the backend that crash.js makes fail, with the cause on its row', async () => {
    const before = await answeringPid(port.backend);
    const databases = processesOf('database');
    assert.notDeepEqual(databases, []);
    await workbench.terminals.show('Try it here');
    await workbench.terminals.type('node crash.js');
    await becomes('backend', /^Retrying \(1 of 5\).*Error: The price list is empty/);
    await workbench.page.locator('.part.sidebar .monaco-list-row .label-name', { hasText: 'backend' }).click();
    await workbench.terminals.waitForText(/Error: The price list is empty/);
    await healthy('backend');
    assert.notEqual(await answeringPid(port.backend), before);
    assert.deepEqual(processesOf('database'), databases);
  });

  it('ends no service on Ctrl+C in another terminal', async () => {
    const before = await answeringPid(port.backend);
    await workbench.terminals.show('Try it here');
    await workbench.terminals.pressCtrlC();
    await workbench.terminals.close('Try it here');
    await until('the terminal to be closed', async () => !(await workbench.terminals.titles()).includes('Try it here'));
    assert.equal(await answeringPid(port.backend), before);
    for (const name of ['database', 'backend', 'frontend']) await healthy(name);
  });

  it('fixes the mailer with the command that its notification offers', async () => {
    const message = await workbench.notifications.waitFor(/^mailer: The package letters is not installed/);
    await workbench.notifications.click(message, 'Install');
    await workbench.terminals.waitForText(/[$#%>] npm install$/);
    await workbench.page.keyboard.press('Enter');
    await workbench.terminals.waitForText(/added 1 package/, 30_000);
    await workbench.services.clickAction('mailer', 'Start');
    await healthy('mailer');
  });

  it('takes the port of the frontend back from occupy.js, after a question that names it', async () => {
    await workbench.services.clickAction('frontend', 'Stop');
    await becomes('frontend', /^Stopped/);
    await workbench.terminals.openNew();
    await workbench.terminals.type('node occupy.js');
    await workbench.terminals.waitForText(/Port 4723 is taken/);
    await workbench.services.clickAction('frontend', 'Start');
    const question = await workbench.notifications.waitFor(/^frontend needs port 4723.*node occupy\.js/);
    await workbench.notifications.click(question, 'and Start');
    await healthy('frontend');
  });

  it('keeps the processes when the window is reloaded', async () => {
    const before = await answeringPid(port.backend);
    await workbench.reload();
    for (const name of ['database', 'backend', 'frontend', 'mailer']) await healthy(name);
    assert.equal(await answeringPid(port.backend), before);
  });

  it('ends everything it has started when it is interrupted, and removes its folder', async () => {
    const processes = run.processes();
    assert.ok(processes.includes(await answeringPid(port.backend)));
    assert.equal(await run.interrupt(), 0);
    await until('the end of all processes', () => allGone(processes), 5000);
    assert.equal(existsSync(run.workspace), false);
    for (const each of Object.values(port)) assert.ok(await canBind(each), `Port ${each} is still in use.`);
  });
});
