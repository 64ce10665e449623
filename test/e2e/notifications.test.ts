/** Failure notifications: one with the verdict, and none for what was wanted or passes; and the verdict in the row and in the status bar. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { needsPython, python } from './support/python';
import { stopSessions } from './support/sessions';

const names = ['db', 'api', 'web', 'mail', 'docs'] as const;
const health = { http: '/health', interval: '200ms', timeout: '1s', failureThreshold: 2 };

describe('the notification of a failure', () => {
  const port: Record<string, number> = {};
  let session: Session;
  let workbench: Workbench;

  before(needsPython);

  before(async () => {
    const free = await freePorts(names.length + 2);
    for (const [index, name] of [...names, 'uvicorn', 'fails'].entries()) port[name] = free[index] ?? 0;
    const command = ['node', 'server.js', '${port}'];
    const server = (name: string, dependsOn: readonly string[] = []) => ({ command, port: port[name], health, dependsOn });
    const services = {
      web: server('web', ['api']),
      api: server('api', ['db']),
      db: server('db'),
      mail: server('mail', ['db']),
      docs: server('docs'),
      uvicorn: {
        command: `${python} -m uvicorn main:app --reload --port \${port}`,
        cwd: 'py',
        port: port['uvicorn'],
        health,
      },
      fails: {
        command,
        port: port['fails'],
        env: { EXIT_AFTER: '300', EXIT_CODE: '1', READY_AFTER: '60000', LAST_WORDS: "Error: Cannot find module 'express'" },
      },
    };
    const files = { 'server.js': fixture('server.js'), 'py/main.py': fixture('main.py'), [configFile]: { services } };
    session = await Session.start({ files });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('fails');
  });

  after(stopSessions);

  afterEach(async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await until('no notification', async () => (await workbench.notifications.messages()).length === 0);
  });

  const start = (name: string): Promise<void> => workbench.services.clickAction(name, 'Start');
  const healthy = (name: string): Promise<ServiceRow> => workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
  /** Starts the service unless it is healthy already. */
  const up = async (name: string): Promise<void> => {
    if (!isHealthy(await workbench.services.row(name))) await start(name);
    await healthy(name);
  };
  const becomes = (name: string, pattern: RegExp): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state), 60_000);
  const kill = async (...victims: readonly string[]): Promise<void> => {
    const pids = await Promise.all(victims.map((name) => answeringPid(port[name] ?? 0)));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
  };
  /** Waits longer than the collection of failures and a diagnosis may take. */
  const isQuiet = (ms = 6000): Promise<void> =>
    holdsFor(ms, async () => assert.deepEqual(await workbench.notifications.messages(), []));
  const isTheOnlyOne = (message: string): Promise<void> =>
    holdsFor(6000, async () => assert.deepEqual(await workbench.notifications.messages(), [message]));

  it('shows the verdict, its first action and the diagnosis', async () => {
    await up('docs');
    await kill('docs');
    const message = await workbench.notifications.waitFor(/^docs /);
    assert.equal(message, 'docs ended without an error: another process has probably ended it.');
    assert.deepEqual(await workbench.notifications.buttons(message), ['Restart', 'Diagnose', 'Terminal']);
    await workbench.screenshot('notification-one');
    await isTheOnlyOne(message);
    await workbench.notifications.click(message, 'Diagnose');
    assert.ok((await workbench.quickInput.items()).some((item) => item.includes('docs ended without an error')));
    await workbench.quickInput.dismiss();
  });

  it('has its diagnosis as a button on the row, and the verdict in the tooltip', async () => {
    assert.deepEqual(
      (await workbench.services.actions('docs')).map((title) => title.replace(/ \(.*/, '')),
      ['Diagnose', 'Start', 'Dismiss'],
    );
    const tooltip = await workbench.services.tooltip('docs');
    await workbench.screenshot('notification-tooltip');
    assert.match(tooltip, /^docs ended without an error: [\s\S]*Restart · Show Terminal · Diagnose/);
    await workbench.services.clickAction('docs', 'Diagnose');
    assert.ok((await workbench.quickInput.items()).some((item) => item.includes('docs ended without an error')));
    await workbench.quickInput.dismiss();
  });

  it('has its diagnosis as the first action in the status bar', async () => {
    await workbench.statusBar.click('docs');
    const [first = ''] = await workbench.quickInput.items();
    assert.match(first, /docs/);
    await workbench.screenshot('pick');
    await workbench.quickInput.choose('docs');
    await until('the actions of docs', async () => ((await workbench.quickInput.items())[0] ?? '').includes('Diagnose'));
    await workbench.screenshot('pick-actions');
    await workbench.quickInput.dismiss();
  });

  it('appears after a manual start, with the command that fixes it', async () => {
    await start('fails');
    const message = await workbench.notifications.waitFor(/express/);
    const [first] = await workbench.notifications.buttons(message);
    assert.match(first ?? '', /^Install express$/);
  });

  it('is one for five services that fail together, with the root cause first', async () => {
    await workbench.services.clickTitleAction('Stop All');
    for (const name of ['docs', 'web', 'mail']) await start(name);
    for (const name of names) await healthy(name);
    await kill(...names);
    const message = await workbench.notifications.waitFor(/^db ended without an error/);
    await workbench.screenshot('notification-five');
    assert.match(message, /Also affected: (?=.*\bapi\b)(?=.*\bweb\b)(?=.*\bmail\b)(?=.*\bdocs\b)[a-z, ]+\.$/);
    await isTheOnlyOne(message);
  });

  it('is a warning for a paused service, whose row keeps few buttons', async () => {
    await up('docs');
    const pid = await answeringPid(port['docs'] ?? 0);
    process.kill(pid, 'SIGSTOP');
    try {
      const message = await workbench.notifications.waitFor(/docs/);
      const buttons = await workbench.notifications.buttons(message);
      assert.deepEqual(buttons, [`Continue pid ${pid}`, 'Diagnose', 'Terminal']);
      const actions = await workbench.services.actions('docs');
      assert.deepEqual(
        actions.map((title) => title.replace(/ \(.*/, '')),
        ['Diagnose', 'Restart', 'Stop'],
      );
      assert.match(await workbench.services.tooltip('docs'), /docs[\s\S]*Continue pid/);
      await workbench.screenshot('notification-frozen');
      await workbench.notifications.click(message, 'Continue');
      await healthy('docs');
    } finally {
      process.kill(pid, 'SIGCONT');
    }
  });

  it('does not appear after a manual stop', async () => {
    await up('docs');
    await workbench.services.clickAction('docs', 'Stop');
    await becomes('docs', /^Stopped/);
    await isQuiet();
  });

  it('does not appear during a reload, which ends and starts the server', async () => {
    await up('uvicorn');
    const pid = await answeringPid(port['uvicorn'] ?? 0);
    // A reloader that has not looked at its files yet takes the first change for what it starts with.
    const change = async (time: number): Promise<boolean> => {
      await session.write('py/main.py', `${fixture('main.py')}\n# Change ${time}.\n`);
      return until('another worker', async () => (await answeringPid(port['uvicorn'] ?? 0)) !== pid, 20_000).then(
        () => true,
        () => time < 3 && change(time + 1),
      );
    };
    const reloaded = change(1);
    await isQuiet();
    assert.ok(await reloaded, 'another worker');
    await healthy('uvicorn');
  });

  it('does not appear while the setting forbids it', async () => {
    await session.write('.vscode/settings.json', { 'serviceLifecycle.notifications': 'never' });
    await up('docs');
    await kill('docs');
    await becomes('docs', /^Failed/);
    await isQuiet();
  });

  it('appears only while the view is hidden when the setting asks for that', async () => {
    await session.write('.vscode/settings.json', { 'serviceLifecycle.notifications': 'whenHidden' });
    for (const name of ['docs', 'db']) {
      await up(name);
    }
    await kill('docs');
    await becomes('docs', /^Failed/);
    await isQuiet();
    await workbench.runCommand('View: Show Explorer');
    await kill('db');
    await workbench.notifications.waitFor(/^db ended without an error/);
  });
});
