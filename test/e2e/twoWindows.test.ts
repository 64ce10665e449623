/** Two tabs on one folder: one supervises, both show the same, and what one does is never misread by the other. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, isHealthy, onlyProcess, processesLike } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

const server = /^\S*node server\.js \d+$/;
const worker = /^\S*node worker\.js/;

describe('two windows of one folder', () => {
  let port: number;
  let session: Session;
  let first: Workbench;
  let second: Workbench;

  before(async () => {
    [port = 0] = await freePorts(1);
    const backoff = { initial: '500ms' };
    const services = {
      api: { command: ['node', 'server.js', '${port}'], port, health: '/health', restart: 'on-failure', backoff },
      worker: { role: 'worker', command: ['node', 'worker.js'], restart: 'always', backoff, autoStart: true },
    };
    session = await Session.start({
      files: {
        'server.js': fixture('server.js'),
        'worker.js': "console.log('works');\nsetInterval(() => undefined, 1000);\n",
        [configFile]: { services },
      },
    });
    first = await session.open();
    await openView(first);
    await first.notifications.click(/Start these services whenever this workspace opens/, 'Review Commands…');
    await first.dialog.click('Always Start');
    await becomes(first, 'worker', /^Running/);
    second = await session.open();
    await openView(second);
  });

  after(stopSessions);

  const openView = async (workbench: Workbench): Promise<void> => {
    await workbench.services.open();
    await workbench.services.row('api');
  };

  const becomes = (workbench: Workbench, name: string, pattern: RegExp, timeout = 30_000): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state), timeout);

  /** How long (ms) the second of two windows shows it after the first that does. */
  async function delayBetween(name: string, pattern: RegExp): Promise<number> {
    const seen = await Promise.all(
      [first, second].map(async (workbench) => {
        await becomes(workbench, name, pattern, 60_000);
        return Date.now();
      }),
    );
    return Math.abs((seen[0] ?? 0) - (seen[1] ?? 0));
  }

  /** The pid of the extension host that holds the newest lease. */
  function leader(): number {
    const found = readdirSync(session.dataFolder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.lease'))
      .sort((one, other) => generation(other) - generation(one));
    const lease: unknown = JSON.parse(readFileSync(join(session.dataFolder, found[0] ?? ''), 'utf8'));
    return typeof lease === 'object' && lease !== null && 'pid' in lease && typeof lease.pid === 'number' ? lease.pid : 0;
  }

  it('starts what starts automatically once, and asks about it once', async () => {
    await becomes(second, 'worker', /^Running/);
    await holdsFor(3000, () => assert.equal(processesLike(session, worker).length, 1));
    assert.deepEqual(
      (await second.notifications.messages()).filter((message) => message.includes('Start these services')),
      [],
    );
  });

  it('shows in one window what is started in the other, within a second', async () => {
    await first.page.bringToFront();
    await first.services.clickAction('api', 'Start');
    assert.ok((await delayBetween('api', /^Healthy/)) < 1000);
    assert.equal(await answeringPid(port), await onlyProcess(session, server));
  });

  it('says that the terminal is in the other window', async () => {
    await second.page.bringToFront();
    await second.services.showTerminal('api');
    await second.notifications.waitFor(/The terminal of api is in another window of this folder/, 10_000);
  });

  it('restarts through the other window: one process, another pid, and no failure in either', async () => {
    const before = await answeringPid(port);
    await second.services.clickAction('api', 'Restart');
    await until('another process', async () => {
      return (await answeringPid(port)) !== before;
    });
    assert.ok((await delayBetween('api', /^Healthy/)) < 1000);
    await holdsFor(2000, async () => {
      for (const workbench of [first, second]) assert.ok(isHealthy(await workbench.services.row('api')));
      assert.equal(processesLike(session, server).length, 1);
    });
  });

  it('stops through the other window, and nothing starts it again', async () => {
    await second.services.clickAction('api', 'Stop');
    assert.ok((await delayBetween('api', /^Stopped/)) < 1000);
    await holdsFor(3000, () => assert.deepEqual(processesLike(session, server), []));
  });

  it('restarts a crashed worker once', async () => {
    const pid = await onlyProcess(session, worker);
    process.kill(pid, 'SIGKILL');
    await until('the restart', () => processesLike(session, worker).some((each) => each !== pid));
    await holdsFor(3000, () => assert.equal(processesLike(session, worker).length, 1));
  });

  it('goes on with the other window when the extension host of the first is killed, and the row stays healthy', async () => {
    await second.services.clickAction('api', 'Start');
    await delayBetween('api', /^Healthy/);
    const pid = await answeringPid(port);
    const killed = leader();
    process.kill(killed, 'SIGKILL');
    await until('another leader', () => leader() !== killed && leader() !== 0, 10_000);
    await holdsFor(2000, async () => assert.ok(isHealthy(await second.services.row('api'))));
    await until('both extension hosts', () => session.extensionHosts().filter(isAlive).length === 2, 60_000);
    await becomes(first, 'api', /^Healthy/, 60_000);
    assert.equal(await answeringPid(port), pid);
    assert.deepEqual([processesLike(session, server).length, processesLike(session, worker).length], [1, 1]);
  });

  it('still sees a crash, and restarts it once, after the takeover', async () => {
    const pid = await onlyProcess(session, server);
    process.kill(pid, 'SIGKILL');
    await until('the restart', () => processesLike(session, server).some((each) => each !== pid));
    await delayBetween('api', /^Healthy/);
    assert.equal(processesLike(session, server).length, 1);
  });

  it('survives the reload of the window that supervises', async () => {
    const before = leader();
    const pid = await onlyProcess(session, server);
    await second.reload();
    await until('another leader', () => leader() !== before && leader() !== 0, 15_000);
    await openView(second);
    for (const workbench of [first, second]) await becomes(workbench, 'api', /^Healthy/, 60_000);
    assert.deepEqual([await onlyProcess(session, server), processesLike(session, worker).length], [pid, 1]);
  });

  it('lets the window that is left do everything when the other is closed', async () => {
    await second.close();
    await becomes(first, 'api', /^Healthy/);
    await first.page.bringToFront();
    await first.services.clickAction('api', 'Restart');
    await becomes(first, 'api', /^Healthy/, 60_000);
    await first.services.clickAction('api', 'Stop');
    await becomes(first, 'api', /^Stopped/);
    assert.deepEqual(processesLike(session, server), []);
  });
});

const generation = (name: string): number => Number(/\.(\d+)\.lease$/.exec(name)?.[1]);
