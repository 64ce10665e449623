/** Services survive a reload, a crash of the extension host and a closed tab. A stopped service stays stopped. */
import assert from 'node:assert/strict';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, isHealthy, otherPid, processesLike } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

const amount = 12;

describe('services that survive the window', () => {
  const names = Array.from({ length: amount }, (_, index) => `s${String(index + 1).padStart(2, '0')}`);
  let ports: number[];
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    ports = await freePorts(amount + 1);
    const command = ['node', 'server.js', '${port}'];
    const running = names.map((name, index) => [name, { command, port: ports[index], health: '/health' }] as const);
    const services = {
      ...Object.fromEntries(running),
      crashed: { command, env: { EXIT_AFTER: '500', EXIT_CODE: '3' }, port: ports[amount] },
      stopped: { command: 'sleep 1000' },
      never: { command: 'sleep 2000' },
    };
    session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: { services } } });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('never');
  });

  after(stopSessions);

  const pidsByHttp = (): Promise<number[]> => Promise.all(ports.slice(0, amount).map(answeringPid));
  const servers = (): number[] => processesLike(session, /^\S*node server\.js/).sort((a, b) => a - b);
  const sorted = (pids: readonly number[]): number[] => [...pids].sort((a, b) => a - b);

  const allHealthy = async (): Promise<void> => {
    for (const name of names) await workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
  };

  const othersAtRest = async (): Promise<void> => {
    for (const name of ['crashed', 'stopped', 'never']) {
      const { state } = await workbench.services.row(name);
      assert.match(state, /^(Failed|Stopped|Not started)/, name);
    }
    assert.deepEqual(processesLike(session, /^sleep \d000$/), []);
  };

  /** Asserts, after everything had time to come back, that nothing was started a second time. */
  const nothingTwice = async (pids: readonly number[]): Promise<void> => {
    await allHealthy();
    assert.deepEqual(await pidsByHttp(), pids);
    assert.deepEqual(servers(), sorted(pids));
    await othersAtRest();
  };

  it('are twelve running services, next to a crashed, a stopped and one that was never started', async () => {
    for (const name of [...names, 'crashed', 'stopped']) await workbench.services.clickAction(name, 'Start');
    await allHealthy();
    await workbench.services.rowWhere('stopped', 'runs', ({ state }) => state.startsWith('Running'));
    await workbench.services.clickAction('stopped', 'Stop');
    await workbench.services.rowWhere('stopped', 'is stopped', ({ state }) => state.startsWith('Stopped'));
    await workbench.services.rowWhere('crashed', 'has crashed', ({ state }) => /^Failed.*code 3/.test(state));
    assert.deepEqual(servers(), sorted(await pidsByHttp()));
  });

  it('keep their processes over a reload of the window, and stopped services stay stopped', async () => {
    const pids = await pidsByHttp();
    await workbench.reload();
    await workbench.services.open();
    await nothingTwice(pids);
    // VS Code runs the tasks that it remembers again, within seconds after their terminals are back.
    await holdsFor(5000, () => assert.deepEqual(servers(), sorted(pids)));
    await nothingTwice(pids);
  });

  it('have their terminals again after the reload', async () => {
    await workbench.services.showTerminal('s12');
    await workbench.terminals.waitForText(/Listens on port \d+/);
  });

  it('keep their processes over a crash of the extension host', async () => {
    const pids = await pidsByHttp();
    await session.killExtensionHost();
    await workbench.services.rowWhere('s01', 'is known to the new host', isHealthy, 60_000);
    await nothingTwice(pids);
  });

  it('can be restarted after the crash', async () => {
    const before = await pidsByHttp();
    await workbench.services.clickAction('s03', 'Restart');
    await otherPid(ports[2] ?? 0, before[2] ?? 0);
    assert.ok(!isAlive(before[2] ?? 0));
    await allHealthy();
    const after = await pidsByHttp();
    assert.notEqual(after[2], before[2]);
    assert.deepEqual(after.toSpliced(2, 1), before.toSpliced(2, 1));
    assert.deepEqual(servers(), sorted(after));
  });

  it('are adopted after the tab was closed, without their terminals', async () => {
    const pids = await pidsByHttp();
    await workbench.close();
    workbench = await session.open();
    await workbench.services.open();
    await nothingTwice(pids);
    for (const name of names)
      await workbench.services.rowWhere(name, 'has lost its terminal', ({ description }) => description.includes('no terminal'));
    await nothingTwice(pids);
  });

  it('are replaced only after the user agreed, when their terminals are lost', async () => {
    const before = await pidsByHttp();
    await workbench.services.clickAction('s05', 'Start');
    const question = await workbench.notifications.waitFor(/s05 is running without a terminal \(pid/);
    assert.ok(question.includes(`pid ${before[4] ?? 0}`), question);
    await workbench.notifications.click(/s05 is running without a terminal/, 'Restart');
    await until('the old process to go', () => !isAlive(before[4] ?? 0));
    const row = await workbench.services.rowWhere(
      's05',
      'is healthy in a terminal',
      (each) => isHealthy(each) && !each.description.includes('no terminal'),
    );
    assert.ok(row.description.includes(`:${ports[4] ?? 0}`));
    const after = await pidsByHttp();
    assert.notEqual(after[4], before[4]);
    assert.deepEqual(servers(), sorted(after));
  });
});
