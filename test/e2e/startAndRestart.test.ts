/** Daily use of a backend and a frontend: one click starts them, other terminals do not affect them, one command restarts one. */
import assert from 'node:assert/strict';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { fullStack, uvicorn, vite, type FullStack } from './support/fullStack';
import { allGone, answeringPid, isHealthy, onlyProcess, otherPid, processesLike } from './support/observe';
import { canBind } from './support/ports';
import { needsPython } from './support/python';
import { stopSessions } from './support/sessions';

describe('a real backend and frontend', () => {
  let stack: FullStack;
  let session: Session;
  let workbench: Workbench;

  before(needsPython);

  before(async () => {
    stack = await fullStack();
    session = await Session.start({ workspace: 'sample', files: stack.files });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('frontend');
  });

  after(stopSessions);

  const bothHealthy = async (): Promise<void> => {
    for (const name of ['backend', 'frontend']) await workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
  };

  const bothPids = async (): Promise<number[]> => [await onlyProcess(session, uvicorn), await onlyProcess(session, vite)];

  it('offer no address while they are stopped', async () => {
    assert.deepEqual(await workbench.services.actions('backend'), ['Start']);
    assert.deepEqual(
      (await workbench.services.rows()).map(({ state }) => state),
      ['Not started', 'Not started'],
    );
  });

  it('start by the button of the view, and are healthy in the view and in the status bar', async () => {
    await workbench.services.clickTitleAction('Start All');
    await bothHealthy();
    const rows = await workbench.services.rows();
    assert.match(rows[0]?.label ?? '', /backend: Healthy, port \d+/);
    const [red = 0, green = 0, blue = 0] = [...(rows[0]?.colour ?? '').matchAll(/\d+/g)].map(Number);
    assert.ok(green > red && green > blue, `The icon's colour is ${rows[0]?.colour ?? 'missing'}.`);
    await until('green dots in the status bar', async () => {
      const items = await workbench.statusBar.items();
      return (
        items.length === 2 &&
        items.every(({ label, icons, background }) => label.includes('Healthy') && icons[0] === 'pass' && !background)
      );
    });
    const hover = await workbench.statusBar.tooltip('backend');
    await workbench.screenshot('status-bar-hover');
    assert.match(hover, /backend :\d+ .*frontend :\d+ .*Stop All/s);
    assert.equal(await answeringPid(stack.backendPort), await onlyProcess(session, uvicorn));
    const proxied = await fetch(`http://localhost:${stack.frontendPort}/api/hello`);
    assert.deepEqual(((await proxied.json()) as { message?: unknown }).message, 'Hello from FastAPI');
    await until('no badge', async () => (await workbench.services.badge()) === '');
  });

  it('offer the address, restart and stop while they are running', async () => {
    const titles = (await workbench.services.actions('frontend')).map((title) => title.replace(/ \(.*/, ''));
    assert.deepEqual(titles, ['Open in Browser', 'Restart', 'Stop']);
    assert.match(await workbench.services.tooltip('backend'), new RegExp(`pid ${await onlyProcess(session, uvicorn)}\\b`));
  });

  it('keep running whatever is typed in another terminal, Ctrl+C included, and when it is closed', async () => {
    const pids = await bothPids();
    await workbench.terminals.openNew();
    await workbench.terminals.type('echo h""i');
    await workbench.terminals.waitForText(/^hi$/m);
    await workbench.terminals.type('sleep 100');
    await until('the command in the other terminal', () => processesLike(session, /^sleep 100$/).length === 1);
    await workbench.terminals.pressCtrlC();
    await until('the end of the command', () => processesLike(session, /^sleep 100$/).length === 0);
    await workbench.terminals.close();
    await until('the other terminal to be closed', async () =>
      (await workbench.terminals.titles()).every((title) => !/bash|zsh/.test(title)),
    );
    assert.deepEqual(await bothPids(), pids);
    await bothHealthy();
    assert.equal(await answeringPid(stack.backendPort), pids[0]);
  });

  it('start no second time on a second click', async () => {
    const pids = await bothPids();
    await workbench.services.clickTitleAction('Start All');
    await workbench.runCommand('Services: Start All');
    await bothHealthy();
    assert.deepEqual(await bothPids(), pids);
  });

  it('restart the backend from the palette as a new process, while the frontend keeps running', async () => {
    const [backend = 0, frontend = 0] = await bothPids();
    await workbench.runCommand('Services: Restart Backend');
    await otherPid(stack.backendPort, backend);
    assert.ok(!isAlive(backend));
    await bothHealthy();
    const [again, frontendAgain] = await bothPids();
    assert.notEqual(again, backend);
    assert.equal(await answeringPid(stack.backendPort), again);
    assert.equal(frontendAgain, frontend);
  });

  it('show the terminal of a row with its output on Enter', async () => {
    await workbench.services.press('backend', 'Enter');
    await workbench.terminals.waitForText(/Application startup complete/);
    await workbench.services.press('frontend', 'Enter');
    await workbench.terminals.waitForText(/VITE v\d/);
  });

  it('show "Stopped" only when the processes are gone and the port is free', async () => {
    const frontend = processesLike(session, /vite|npm run dev/);
    assert.ok(frontend.length >= 2, `npm and Vite should run, but there is only pid ${frontend.join(', ')}.`);
    await workbench.services.clickAction('frontend', 'Stop');
    await workbench.services.rowWhere('frontend', 'is stopped', ({ state }) => state === 'Stopped');
    assert.ok(allGone(frontend));
    assert.ok(await canBind(stack.frontendPort));
    assert.equal((await workbench.services.row('frontend')).icon, 'circle-large-outline');
    assert.ok((await workbench.services.actions('frontend')).every((title) => !title.startsWith('Open')));
    assert.equal(isHealthy(await workbench.services.row('backend')), true);
  });

  it('start and stop the focused row by F5 and Shift+F5', async () => {
    await workbench.services.press('frontend', 'F5');
    await workbench.services.rowWhere('frontend', 'is healthy', isHealthy, 60_000);
    const [backend] = await bothPids();
    await workbench.services.press('backend', 'Shift+F5');
    await workbench.services.rowWhere('backend', 'is stopped', ({ state }) => state === 'Stopped');
    assert.equal(isAlive(backend ?? 0), false);
    assert.ok(isHealthy(await workbench.services.row('frontend')));
  });

  it('open a pick from the status bar with the clicked service first, and start it from there', async () => {
    await workbench.statusBar.click('backend');
    const items = await workbench.quickInput.items();
    assert.match(items[0] ?? '', /backend/);
    assert.ok(
      items.some((item) => item.includes('frontend')) && items.some((item) => item.includes('Stop All')),
      items.join(' | '),
    );
    await workbench.quickInput.choose('backend');
    await workbench.quickInput.choose('Start');
    await bothHealthy();
  });

  it('stop by the button of the view, and leave nothing behind', async () => {
    await workbench.services.clickTitleAction('Stop All');
    for (const name of ['backend', 'frontend'])
      await workbench.services.rowWhere(name, 'is stopped', ({ state }) => state === 'Stopped');
    assert.deepEqual(processesLike(session, /uvicorn|vite|npm run dev/), []);
    assert.ok((await canBind(stack.backendPort)) && (await canBind(stack.frontendPort)));
  });
});
