/** The cause is in the row, and has room there: every state at the width that a side bar usually has. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { services, serverSource, startPort } from '../../scripts/states/services';
import { showAll } from '../../scripts/states/showAll';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { stopSessions } from './support/sessions';

/** In CSS pixels. */
const activityBarWidth = 48;
/** No wider than one of the narrow characters in " · 5 ms". */
const narrowCharacter = 3;

/** What the row of each state shows. Those that are missing here show the words of their state. */
const texts: Readonly<Record<string, RegExp>> = {
  healthy: /^:21300 · \d+ ms$/,
  worker: /^Running$/,
  // Its start period ends after a minute.
  waiting: /^Waiting for starting \((starting|unhealthy)\)$/,
  starting: /^(Starting|Nothing on port 21302)$/,
  setup: /^Setup: install$/,
  unhealthy: /^HTTP 500 \(health check\)$/,
  hung: /^No response in \d+ s$/,
  failed: /^No package 'stripe'$/,
  retrying: /^connection refused/,
  gaveUp: /^connection refused/,
  partly: /^TypeError: items is not iterable$/,
  noEnvFile: /^production\.env is missing$/,
  setupFailed: /^setup "migrate": exit 3$/,
  dependent: /^setupFailed (failed|not running)$/,
  question: /^Needs you: see terminal$/,
  paused: /^Paused in the debugger$/,
  moved: /^Not started$/,
  outdated: /^Old address of moved$/,
  asking: /^Needs you: port 21390 in use$/,
  external: /^:21391 · \d+ ms · pid \d+$/,
  stopped: /^Stopped$/,
  notStarted: /^Not started$/,
  exited: /^Exited \(0\)$/,
  broken: /^"port" is not valid$/,
};

describe('the texts of the rows', () => {
  let session: Session;
  let workbench: Workbench;
  const others: ChildProcess[] = [];

  before(async function () {
    this.timeout(300_000);
    session = await Session.start({ files: { 'server.js': serverSource, [configFile]: { services } } });
    for (const number of [90, 91]) {
      const file = join(session.workspace, 'server.js');
      others.push(spawn(process.execPath, [file, String(startPort + number)], { stdio: 'ignore' }));
    }
    workbench = await session.open();
    await workbench.services.open();
    await showAll(session, workbench);
  });

  after(() => others.forEach((other) => void other.kill('SIGKILL')));
  after(stopSessions);

  it('are the cause in a few words, or what the icon cannot show', async () => {
    for (const [name, text] of Object.entries(texts))
      await workbench.services.rowWhere(name, `shows ${String(text)}`, ({ description }) => text.test(description));
    for (const { name, description } of await workbench.services.rows()) {
      assert.doesNotMatch(description, /^(Failed|Healthy|Hung|Unhealthy)\b|without being asked|\/home\/|\/tmp\//, name);
    }
  });

  it('are at most 20 in the hover of the status bar, whose link lists all', async () => {
    const [summary] = await workbench.statusBar.items();
    assert.ok(summary !== undefined);
    const hover = await workbench.statusBar.tooltip(summary.text);
    assert.match(hover, /production\.env is missing/);
    // All but the invalid one, which has a line of its own.
    const rows = (await workbench.services.rows()).filter(({ name }) => name !== 'broken');
    assert.match(hover, new RegExp(`^${rows.length - 20} more$`, 'm'));
    assert.doesNotMatch(hover, /\$\(/);
    const link = workbench.page.locator('.monaco-hover:visible a').filter({ hasText: / more$/ });
    await workbench.quickInput.open(async () => {
      await workbench.statusBar.tooltip(summary.text);
      await link.click();
    });
    assert.match((await workbench.quickInput.items())[0] ?? '', /failed/);
    await workbench.page.keyboard.press('Escape');
  });

  it('have room in a side bar of 300 px, and the port of a healthy service also in one of 200 px', async () => {
    await workbench.widenSidebar(activityBarWidth + 300);
    let cut: readonly string[] = [];
    const fits = async (): Promise<boolean> => {
      cut = [...(await workbench.services.cutPixels())].filter(([, pixels]) => pixels > 0).map(([name]) => name);
      return cut.length === 0;
    };
    await until('rows of which nothing is cut', fits, 10_000).catch(() => undefined);
    const rows = await workbench.services.rows();
    assert.deepEqual(
      rows.filter(({ name }) => cut.includes(name)).map(({ name, description }) => `${name} ${description}`),
      [],
    );
    await workbench.widenSidebar(activityBarWidth + 200);
    // The response time behind the port, which has as many digits as the server needs, may be cut.
    const { description } = await workbench.services.row('healthy');
    const behindPort = description.replace(/^:\d+/, '').length * narrowCharacter;
    const cutOff = (await workbench.services.cutPixels()).get('healthy') ?? Infinity;
    assert.ok(cutOff < behindPort, `${description} is cut by ${cutOff} px`);
  });

  it('are followed by three buttons at most, of which the first helps most', async () => {
    await workbench.widenSidebar(activityBarWidth + 300);
    for (const { name } of await workbench.services.rows()) {
      const actions = (await workbench.services.actions(name)).map((title) => title.replace(/ \(.*/, ''));
      assert.ok(actions.length <= 3, `${name}: ${actions.join(', ')}`);
      if (name === 'failed') assert.deepEqual(actions, ['Diagnose', 'Start', 'Dismiss']);
      if (name === 'hung') assert.deepEqual(actions, ['Diagnose', 'Restart', 'Stop']);
      if (name === 'question') assert.equal(actions[0], 'Answer…');
    }
  });

  it('quiet one failure when it is dismissed, whose cause stays in the tooltip', async () => {
    const before = Number(await workbench.services.badge());
    await workbench.services.clickAction('failed', 'Dismiss');
    const row = await workbench.services.rowWhere('failed', 'is stopped', ({ description }) => description === 'Stopped');
    assert.equal(row.icon, 'circle-large-outline');
    await until('one less in the badge', async () => Number(await workbench.services.badge()) === before - 1);
    assert.match(await workbench.services.tooltip('failed'), /stripe/);
  });

  it('are calm after Stop All', async () => {
    await workbench.services.clickTitleAction('Stop All');
    const isCalm = async (): Promise<boolean> =>
      (await workbench.services.rows()).every(({ icon }) => !['error', 'warning', 'question'].includes(icon));
    await until('rows without an alarm', isCalm, 90_000);
  });
});
