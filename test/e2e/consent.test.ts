/** Nothing starts automatically without trust and consent, and an automatic start never saves unsaved editors. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, isHealthy, onlyProcess, processesLike } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

const server = /^\S*node server\.js/;
const question = /Start these services whenever this workspace opens|have changed/;

/** A server that starts automatically. `arguments` changes its command only. */
function config(port: number, more: readonly string[] = []): object {
  const command = ['node', 'server.js', '${port}', ...more];
  const backoff = { initial: '200ms' };
  return { services: { api: { command, port, health: '/health', autoStart: true, restart: 'on-failure', backoff } } };
}

describe('consent to automatic starts', () => {
  let port: number;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    [port = 0] = await freePorts(1);
    session = await Session.start({
      files: { 'server.js': fixture('server.js'), 'notes.md': 'As on disk.\n', [configFile]: config(port) },
    });
  });

  after(stopSessions);

  const openView = async (): Promise<void> => {
    await workbench.services.open();
    await workbench.services.row('api');
  };

  const healthy = () => workbench.services.rowWhere('api', 'is healthy', isHealthy, 60_000);

  const asksNothing = (): Promise<void> =>
    holdsFor(3000, async () => {
      assert.deepEqual(
        (await workbench.notifications.messages()).filter((message) => question.test(message)),
        [],
      );
    });

  it('is asked for when the workspace opens, with the command, and nothing starts before the answer', async () => {
    workbench = await session.open();
    await openView();
    assert.match(await workbench.notifications.waitFor(question, 30_000), /whenever this workspace opens: api\?/);
    assert.deepEqual(await workbench.notifications.buttons(question), ['Review Commands…', 'Not Now']);
    await workbench.notifications.close(question);
  });

  it('waits in the row of the service when the notification was closed, which a click opens again', async () => {
    const row = await workbench.services.rowWhere('api', 'asks', ({ state }) => state.startsWith('Needs you'));
    assert.deepEqual([row.description, row.icon], ['Needs you: allow autostart', 'question']);
    await until('the badge 1', async () => (await workbench.services.badge()) === '1');
    await workbench.services.rowName('api').click();
    const { message, detail } = await workbench.dialog.message();
    assert.equal(message, 'Run these commands whenever this workspace opens?');
    assert.match(detail, /^api\s+Command: \S*node server\.js \d+\s+Folder: \S+\s+Port: \d+/);
    const buttons = await workbench.dialog.buttons();
    assert.deepEqual(buttons.toSorted(), ['Always Start', 'Cancel', "Don't Ask Again"]);
    assert.deepEqual(processesLike(session, server), []);
  });

  it('starts the services once it is given', async () => {
    await workbench.dialog.click('Always Start');
    await healthy();
    assert.equal(await answeringPid(port), await onlyProcess(session, server));
  });

  it('is not asked for again after a reload, which starts no second process', async () => {
    const pid = await answeringPid(port);
    await workbench.reload();
    await openView();
    await healthy();
    await asksNothing();
    assert.equal(await onlyProcess(session, server), pid);
  });

  it('saves no unsaved editor when a service restarts automatically', async () => {
    await workbench.openFile('notes.md');
    await workbench.typeInEditor('Typed and not saved. ');
    await until('an unsaved editor', () => workbench.hasUnsavedEditor());
    const pid = await answeringPid(port);
    process.kill(pid, 'SIGKILL');
    await until('another process of the service', async () => (await answeringPid(port)) !== pid, 30_000);
    await healthy();
    assert.equal(await readFile(join(session.workspace, 'notes.md'), 'utf8'), 'As on disk.\n');
    assert.ok(await workbench.hasUnsavedEditor());
    assert.match(await workbench.editorText(), /Typed and not saved\. As on disk\./);
    await workbench.runCommand('File: Revert File');
    await until('no unsaved editor', async () => !(await workbench.hasUnsavedEditor()));
  });

  it('starts the services when the workspace opens again', async () => {
    const pid = await answeringPid(port);
    await workbench.services.clickTitleAction('Stop All');
    await workbench.services.rowWhere('api', 'is stopped', ({ state }) => state.startsWith('Stopped'));
    assert.equal(isAlive(pid), false);
    await workbench.close();
    workbench = await session.open();
    await openView();
    await healthy();
    assert.notEqual(await onlyProcess(session, server), pid);
    await asksNothing();
  });

  it('is not asked for when the setting turns automatic starts off', async () => {
    await workbench.services.clickTitleAction('Stop All');
    await workbench.services.rowWhere('api', 'is stopped', ({ state }) => state.startsWith('Stopped'));
    await session.write(configFile, config(port, ['--changed']));
    await session.write('.vscode/settings.json', { 'serviceLifecycle.autoStart': false });
    await workbench.reload();
    await openView();
    await asksNothing();
    assert.deepEqual(processesLike(session, server), []);
  });

  it('is asked for again when the command has changed', async () => {
    await session.write('.vscode/settings.json', {});
    await workbench.reload();
    await openView();
    assert.match(await workbench.notifications.waitFor(question, 30_000), /have changed \(api\)/);
    await workbench.notifications.click(question, 'Review Commands…');
    assert.match((await workbench.dialog.message()).detail, /Command: \S*node server\.js \d+ --changed/);
    assert.deepEqual(processesLike(session, server), []);
  });

  it("is not asked for again after Don't Ask Again", async () => {
    await workbench.dialog.click("Don't Ask Again");
    // The extension gets the answer and remembers it; the next click is handled after that.
    await workbench.statusBar.click('api');
    await workbench.quickInput.items();
    await workbench.quickInput.dismiss();
    await workbench.reload();
    await openView();
    await asksNothing();
    assert.deepEqual(processesLike(session, server), []);
  });
});

describe('a workspace that is not trusted and has no services', () => {
  after(stopSessions);

  it('has a button that leads to trust', async () => {
    const session = await Session.start({ workspaceTrust: 'ask' });
    const workbench = await session.open();
    await workbench.services.open();
    await workbench.services.somethingShown();
    await workbench.services.clickWelcomeButton('Manage Workspace Trust');
    await workbench.page.locator('.workspace-trust-editor').waitFor();
  });
});

describe('a workspace that is not trusted', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    const [port = 0] = await freePorts(1);
    const files = { 'server.js': fixture('server.js'), [configFile]: config(port) };
    session = await Session.start({ files, workspaceTrust: 'ask' });
    workbench = await session.open();
    await workbench.services.open();
  });

  after(stopSessions);

  it('shows its services, runs nothing and asks nothing', async () => {
    assert.equal((await workbench.services.row('api')).state, 'Not started');
    await holdsFor(3000, async () => {
      assert.deepEqual(processesLike(session, server), []);
      assert.deepEqual(
        (await workbench.notifications.messages()).filter((message) => question.test(message)),
        [],
      );
    });
  });

  it('starts nothing by any door, shows no failure, and offers to manage the trust', async () => {
    const message = /This workspace is not trusted, so no service is started in it/;
    const isCalm = async (): Promise<void> => {
      assert.deepEqual(processesLike(session, server), []);
      assert.equal((await workbench.services.row('api')).state, 'Not started');
      assert.equal(await workbench.services.badge(), '');
      assert.deepEqual([...new Set((await workbench.statusBar.items()).map(({ background }) => background))], ['']);
    };
    for (const key of ['F5', 'Control+Shift+F5', 'Shift+F5']) {
      await workbench.services.press('api', key);
      await holdsFor(700, isCalm);
    }
    const said = await workbench.notifications.waitFor(message);
    assert.deepEqual(await workbench.notifications.messages(), [said], 'one message for all');
    assert.deepEqual(await workbench.notifications.buttons(said), ['Manage Trust']);
    await workbench.statusBar.click('api');
    assert.deepEqual(
      (await workbench.quickInput.items()).map((item) => item.replace(/^\S+ +/, '')),
      ['Manage Workspace Trust', 'Open Configuration'],
    );
    await workbench.quickInput.dismiss();
    await workbench.services.rightClick('api');
    assert.equal(await workbench.page.locator('.monaco-menu .action-item:not(.disabled) [aria-label^="Start"]').count(), 0);
    await workbench.page.keyboard.press('Escape');
    await workbench.notifications.click(said, 'Manage Trust');
    await workbench.page.locator('.workspace-trust-editor').waitFor();
    await isCalm();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
  });

  it('has a button that leads to trust, below its services', async () => {
    assert.match(await workbench.services.welcome(), /^This workspace is not trusted, so no service is started in it\./);
    await workbench.services.clickWelcomeButton('Manage Workspace Trust');
    await workbench.page.locator('.workspace-trust-editor').waitFor();
  });

  it('asks for consent once it is trusted, and needs the button no more', async () => {
    await workbench.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
    await workbench.notifications.waitFor(question, 30_000);
    assert.deepEqual(processesLike(session, server), []);
    await workbench.page.locator('.part.sidebar .welcome-view-content').waitFor({ state: 'hidden' });
  });
});
