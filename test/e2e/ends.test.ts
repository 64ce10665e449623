/** The ways in which a service ends, each shown with its reason. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { fullStack, uvicorn, vite, type FullStack } from './support/fullStack';
import { allGone, isHealthy, onlyProcess, processesLike } from './support/observe';
import { canBind, freePorts } from './support/ports';
import { needsPython, python } from './support/python';
import { stopSessions } from './support/sessions';

describe('a service that ends', () => {
  let stack: FullStack;
  let session: Session;
  let workbench: Workbench;

  before(needsPython);

  before(async () => {
    stack = await fullStack();
    const [leaving = 0] = await freePorts(1);
    const { services } = stack.files[configFile] as { services: object };
    const more = {
      leaving: {
        command: ['node', 'server.js', '${port}'],
        env: { EXIT_AFTER: '1500', EXIT_CODE: '3', LAST_WORDS: 'Error: the licence has expired' },
        port: leaving,
      },
      unknownModule: { role: 'backend', command: [python, '-c', 'import no_such_module'] },
      once: { command: 'echo all done' },
      typo: { role: 'worker', command: 'frobnicate --now' },
    };
    session = await Session.start({
      workspace: 'sample',
      files: { ...stack.files, 'server.js': fixture('server.js'), [configFile]: { services: { ...services, ...more } } },
    });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('typo');
  });

  after(stopSessions);

  const start = async (name: string): Promise<ServiceRow> => {
    await workbench.services.clickAction(name, 'Start');
    return workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
  };

  const becomes = (name: string, pattern: RegExp): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state));

  it('has failed when its process is killed, with another icon, the reason and a badge', async () => {
    await start('backend');
    await start('frontend');
    const whole = processesLike(session, /vite|npm run dev/);
    process.kill(await onlyProcess(session, vite), 'SIGKILL');
    const row = await becomes('frontend', /^Failed/);
    assert.equal(row.icon, 'error');
    const told = await becomes('frontend', /^Failed, .*([Ee]xited unexpectedly|\(exit code)/);
    assert.match(told.label, /[Ee]xited unexpectedly|\(exit code/);
    await until('the badge', async () => (await workbench.services.badge()) === '1');
    await until('an error in the status bar, one summary of so many services', async () => {
      const [summary] = await workbench.statusBar.items();
      return summary?.background === 'error' && summary.icons[0] === 'error' && summary.text.includes('frontend');
    });
    await until('the end of what the killed process leaves behind', () => allGone(whole));
    assert.ok(isHealthy(await workbench.services.row('backend')));
  });

  it('is stopped when Ctrl+C is pressed in its terminal', async () => {
    const pid = await onlyProcess(session, uvicorn);
    await workbench.services.showTerminal('backend');
    await workbench.terminals.waitForText(/Application startup complete/);
    await workbench.terminals.pressCtrlC();
    await becomes('backend', /^Stopped, Ctrl\+C was pressed in its terminal\.$/);
    assert.ok(allGone([pid]));
    assert.ok(await canBind(stack.backendPort));
  });

  it('is stopped when its terminal is closed', async () => {
    await start('backend');
    const pid = await onlyProcess(session, uvicorn);
    await workbench.services.showTerminal('backend');
    await workbench.terminals.close('backend');
    await becomes('backend', /^Stopped, Its terminal was closed\.$/);
    assert.ok(allGone([pid]));
    assert.ok(await canBind(stack.backendPort));
  });

  it('has failed when it exits with a code, shown with its last line of output', async () => {
    await workbench.services.clickAction('leaving', 'Start');
    const row = await becomes('leaving', /^Failed.*code 3/);
    assert.match(row.state, /the licence has expired/);
    assert.equal(row.icon, 'error');
  });

  it('has failed when a Python module is missing, shown with its name', async () => {
    await workbench.services.clickAction('unknownModule', 'Start');
    await becomes('unknownModule', /^Failed, .*No module named 'no_such_module' \(exit code 1/);
  });

  it('has failed when its command does not exist', async () => {
    await workbench.services.clickAction('typo', 'Start');
    await becomes('typo', /^Failed, .*not found.*exit code 127/);
  });

  it('has exited when it has no port and exits with code 0', async () => {
    await workbench.services.clickAction('once', 'Start');
    const row = await becomes('once', /^Exited \(0\)/);
    assert.equal(row.icon, 'circle-large-outline');
  });

  it('counts in the badge only when it needs attention', async () => {
    // The killed frontend, the exit code, the missing module, the unknown command.
    await until('the badge', async () => (await workbench.services.badge()) === '4');
  });
});
