/** A port that another process uses: that process is ended only after the user agreed, for exactly this process. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('a port in use by another process', () => {
  let port: number;
  let session: Session;
  let workbench: Workbench;
  let stranger: ChildProcess | undefined;
  let strangerPid: number;

  before(async () => {
    [port = 0] = await freePorts(1);
    const services = { api: { command: ['node', 'server.js', '${port}'], port, health: '/health' } };
    session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: { services } } });
    stranger = spawn(process.execPath, [join(session.workspace, 'server.js'), String(port)], { stdio: 'ignore' });
    strangerPid = await until('the stranger to listen', () => answeringPid(port));
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('api');
  });

  after(() => void stranger?.kill('SIGKILL'));
  after(stopSessions);

  const becomes = (pattern: RegExp): Promise<ServiceRow> =>
    workbench.services.rowWhere('api', `shows ${String(pattern)}`, ({ state }) => pattern.test(state));

  const startAndRead = async (): Promise<string> => {
    await workbench.services.clickAction('api', 'Start');
    return workbench.notifications.waitFor(/api needs port/);
  };

  it('leads to a question with the pid and the command of that process', async () => {
    const question = await startAndRead();
    assert.match(question, new RegExp(`api needs port ${port}, which is in use by pid ${strangerPid} \\(.*server\\.js ${port}`));
    assert.deepEqual(await workbench.notifications.buttons(/api needs port/), ['End and Start', 'Monitor Only', 'Cancel']);
  });

  it('waits in its row when the notification is closed without an answer', async () => {
    await workbench.notifications.close(/api needs port/);
    const row = await becomes(new RegExp(`^Needs you, Port ${port} is in use by pid ${strangerPid} \\(.*server\\.js`));
    assert.deepEqual([row.description, row.icon], [`Needs you: port ${port} in use`, 'question']);
    await until('the badge 1', async () => (await workbench.services.badge()) === '1');
    const [item] = await workbench.statusBar.items();
    assert.deepEqual([item?.icons, item?.label.includes('Needs you')], [['question'], true]);
    assert.deepEqual(
      (await workbench.services.actions('api')).map((title) => title.split(' (')[0]),
      ['Answer…', 'Stop'],
    );
  });

  it('is asked again by a click on the row, and nothing is lost when that list is closed', async () => {
    await workbench.services.rowName('api').click();
    assert.deepEqual(await workbench.quickInput.items(), ['End and Start', 'Monitor Only', 'Cancel']);
    await workbench.quickInput.dismiss();
    await becomes(/^Needs you/);
  });

  it('stays in use after Cancel, which is no failure', async () => {
    await workbench.services.clickAction('api', 'Answer');
    await workbench.quickInput.choose('Cancel');
    await becomes(/^Stopped$/);
    await until('no badge', async () => (await workbench.services.badge()) === '');
    assert.equal(await answeringPid(port), strangerPid);
  });

  it('is shown as External after Monitor Only, and a stop does not end the process', async () => {
    await startAndRead();
    await workbench.notifications.click(/api needs port/, 'Monitor Only');
    const row = await becomes(/^External, healthy/);
    assert.equal(row.icon, 'eye');
    await workbench.services.clickAction('api', 'Stop');
    await becomes(/^Stopped/);
    assert.equal(await answeringPid(port), strangerPid);
  });

  it('is freed by ending that pid after the user agreed, and then used by the service', async () => {
    await startAndRead();
    await workbench.notifications.click(/api needs port/, 'End and Start');
    await workbench.services.rowWhere('api', 'is healthy', isHealthy, 60_000);
    assert.equal(isAlive(strangerPid), false);
    assert.notEqual(await answeringPid(port), strangerPid);
  });
});
