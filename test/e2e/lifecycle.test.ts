/** Between start and stop: order, restarts, hangs, and processes that resist a stop. */
import assert from 'node:assert/strict';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, isHealthy } from './support/observe';
import { canBind, freePorts } from './support/ports';
import { python } from './support/python';
import { stopSessions } from './support/sessions';
import { shownDuring } from './support/shown';

const command = ['node', 'server.js', '${port}'];
const quick = { interval: '200ms', timeout: '400ms', failureThreshold: 2 };

describe('the lifecycle of services', () => {
  let port: Record<'postgres' | 'web' | 'crashes' | 'mended' | 'hangs' | 'silent' | 'stubborn' | 'broken', number>;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    const [postgres = 0, web = 0, crashes = 0, mended = 0, hangs = 0, silent = 0, stubborn = 0, broken = 0] = await freePorts(8);
    port = { postgres, web, crashes, mended, hangs, silent, stubborn, broken };
    const failing = { EXIT_AFTER: '300', EXIT_CODE: '3', LAST_WORDS: 'Error: no licence' };
    const services = {
      postgres: { role: 'database', command, port: postgres, env: { READY_AFTER: '4000' } },
      web: { role: 'frontend', command, port: web, health: '/', dependsOn: { postgres: 'healthy' } },
      broken: { command, port: broken, env: { EXIT_AFTER: '200', EXIT_CODE: '3', READY_AFTER: '60000' } },
      needsBroken: { command: 'sleep 5000', dependsOn: ['broken'] },
      migrate: { command: 'echo migrated' },
      afterwards: { command: 'sleep 6000', dependsOn: { migrate: 'completed' } },
      crashes: {
        command,
        port: crashes,
        env: failing,
        restart: 'on-failure',
        maxRestarts: 2,
        backoff: { initial: '1500ms', max: '1500ms' },
      },
      mended: { command: ['node', 'mended.js', '${port}'], port: mended, restart: 'on-failure', backoff: { initial: '200ms' } },
      hangs: { command, port: hangs, health: { http: '/', ...quick } },
      silent: { command: [python || 'python3', 'hangs.py', '${port}', '3'], port: silent, health: { http: '/', ...quick } },
      stubborn: { command, port: stubborn, env: { STUBBORN: '1' }, stopGracePeriod: '1500ms' },
    };
    const files = {
      'server.js': fixture('server.js'),
      'hangs.py': fixture('hangs.py'),
      'mended.js': `) ${fixture('server.js')}`,
      [configFile]: { services },
    };
    session = await Session.start({ files });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('stubborn');
  });

  after(stopSessions);

  const start = (name: string): Promise<void> => workbench.services.clickAction(name, 'Start');
  const healthy = (name: string): Promise<ServiceRow> => workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
  const becomes = (name: string, pattern: RegExp, timeout?: number): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state), timeout);

  it('starts the dependencies of a service, and shows that it waits for them', async () => {
    await start('web');
    await becomes('web', /^Waiting for postgres \(starting\)/);
    assert.equal(await canBind(port.web), true);
    await healthy('postgres');
    await healthy('web');
  });

  it('names the dependents of a stopped service, and stops them on request', async () => {
    await workbench.services.clickAction('postgres', 'Stop');
    await workbench.notifications.waitFor(/web depends on postgres/);
    await becomes('postgres', /^Stopped$/);
    assert.ok(isHealthy(await workbench.services.row('web')));
    await workbench.notifications.click(/web depends on postgres/, 'Stop It Too');
    await becomes('web', /^Stopped$/);
  });

  it('does not start a service whose dependency failed, and shows why', async () => {
    await start('needsBroken');
    const row = await becomes('needsBroken', /^Failed, Depends on broken, which is not available: it failed/);
    assert.equal(row.icon, 'error');
    await becomes('broken', /^Failed.*code 3/);
  });

  it('waits for a dependency that has to complete', async () => {
    await start('afterwards');
    await becomes('afterwards', /^Running/);
    await becomes('migrate', /^Exited \(0\)/);
  });

  it('restarts a failing service, counts the restarts, and gives up with the reason', async () => {
    await start('crashes');
    const shown = await shownDuring(workbench, 'crashes', becomes('crashes', /^Gave up/, 60_000));
    assert.ok(
      shown.some((words) => /^Retrying \(1 of 2\), .*no licence/.test(words)),
      shown.join('\n'),
    );
    assert.ok(
      shown.some((words) => words.startsWith('Retrying (2 of 2)')),
      shown.join('\n'),
    );
    const row = await workbench.services.row('crashes');
    assert.match(row.state, /^Gave up, .*no licence.*exit code 3.*Failed again after 2 restarts/);
  });

  it('retries after it gave up by the single button of the row', async () => {
    await start('crashes');
    await becomes('crashes', /^(Starting|Healthy|Running)/);
    await becomes('crashes', /^Retrying \(1 of 2\)/);
    await workbench.services.clickAction('crashes', 'Stop');
    await becomes('crashes', /^Stopped/);
  });

  it('does not retry a syntax error, and starts again when the file is saved', async () => {
    await start('mended');
    const shown = await shownDuring(
      workbench,
      'mended',
      becomes('mended', /^Failed.*SyntaxError.*when a file in its folder is saved/),
    );
    assert.ok(!shown.some((words) => words.startsWith('Retrying')), shown.join('\n'));
    await workbench.openFile('mended.js');
    await workbench.page.locator('.editor-instance .view-line').first().click();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.press('Delete');
    await workbench.page.keyboard.press('Control+s');
    await healthy('mended');
    assert.ok(await answeringPid(port.mended));
  });

  it('shows a frozen server as hung, with the cause, and as healthy when it continues', async () => {
    await start('hangs');
    await healthy('hangs');
    const pid = await answeringPid(port.hangs);
    process.kill(pid, 'SIGSTOP');
    const row = await becomes('hangs', new RegExp(`^Hung, .*Process ${pid} is paused.*did not respond`));
    assert.equal(row.icon, 'warning');
    process.kill(pid, 'SIGCONT');
    await healthy('hangs');
    assert.equal(await answeringPid(port.hangs), pid);
  });

  it('shows a server that accepts connections and never responds as hung, and can stop it', async () => {
    await start('silent');
    await healthy('silent');
    await becomes('silent', /^Hung, .*Accepts connections but did not respond/);
    await workbench.services.clickAction('silent', 'Stop');
    await becomes('silent', /^Stopped/);
    assert.ok(await canBind(port.silent));
  });

  it('kills a process that ignores all signals after the grace period, and reports it', async () => {
    await start('stubborn');
    await healthy('stubborn');
    const pid = await answeringPid(port.stubborn);
    await workbench.services.clickAction('stubborn', 'Stop');
    await becomes('stubborn', /^Stopping/);
    assert.ok(isAlive(pid));
    await becomes('stubborn', new RegExp(`^Stopped, Did not exit within 1\\.5 s of SIGINT and was killed: pid ${pid}\\.`));
    assert.equal(isAlive(pid), false);
    await until('its port', () => canBind(port.stubborn));
  });
});
