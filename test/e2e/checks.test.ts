/** Checks from the palette and in the Testing view, of a running and of a stopped service. */
import assert from 'node:assert/strict';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('checks in the window', () => {
  let session: Session;
  let workbench: Workbench;
  let port: number;
  let closed: number;

  const services = (last: string, json: object) => {
    const command = ['node', 'server.js', '${port}'];
    const checks = [
      { name: 'Any JSON', http: '/any', status: 200, json: {} },
      { name: last, http: '/pids', json },
    ];
    return {
      backend: { command, port, health: '/', checks },
      frontend: { command, port: closed, checks: [{ name: 'Page', http: '/', contains: '<html' }] },
      job: { command: 'sleep 7000' },
    };
  };

  before(async () => {
    [port = 0, closed = 0] = await freePorts(2);
    const written = { services: services('Many pids', { pid: 'many' }) };
    session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: written } });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.clickAction('backend', 'Start');
    await workbench.services.rowWhere('backend', 'is healthy', isHealthy);
  });

  after(stopSessions);

  async function runChecksOf(name: string): Promise<void> {
    await workbench.quickInput.chooseFrom(() => workbench.runCommand('Services: Run Checks'), name);
  }

  it('show the first failure in one notification, and all results in the Testing view', async () => {
    await runChecksOf('backend');
    const said = await workbench.notifications.waitFor(/^backend: /);
    assert.match(said, /^backend: 1 of 3 checks failed\. Many pids: Unexpected JSON: pid is \d+, expected "many"\.$/);
    assert.deepEqual(await workbench.notifications.buttons(/backend: 1 of/), ['Show Checks', 'Diagnose']);
    await workbench.notifications.click(/backend: 1 of/, 'Show Checks');
    await workbench.testing.waitFor(/^backend .*Failed/);
    await workbench.testing.expand('backend');
    await workbench.testing.waitFor(/^Health .*Passed/);
    await workbench.testing.waitFor(/^Any JSON .*Passed/);
    await workbench.testing.waitFor(/^Many pids .*Failed/);
    const rows = await workbench.testing.rows();
    const order = rows.map((row) => /^(backend|Health|Any JSON|Many pids|frontend|job)/.exec(row)?.[1]);
    assert.deepEqual(order, ['backend', 'Health', 'Any JSON', 'Many pids', 'frontend'], rows.join('; '));
  });

  it('use a fixed check as soon as the file is saved, without restarting the service', async () => {
    await session.write(configFile, { services: services('Mended pids', {}) });
    await workbench.testing.waitFor(/^Mended pids/);
    assert.ok(!(await workbench.testing.rows()).some((row) => row.startsWith('Many pids')));
    await workbench.testing.waitFor(/^Health .*Passed/);
    await workbench.testing.run('backend');
    await workbench.testing.waitFor(/^Mended pids .*Passed/);
    await workbench.testing.waitFor(/^backend .*Passed/);
  });

  it('show what to do for a stopped service, and do not start it', async () => {
    await workbench.testing.run('frontend');
    await workbench.testing.expand('frontend');
    await workbench.testing.waitFor(/^Page .*Skipped/);
    await runChecksOf('frontend');
    await workbench.notifications.waitFor(new RegExp(`Nothing is listening on port ${closed}\\. Start frontend\\.`));
    await workbench.services.open();
    assert.match((await workbench.services.row('frontend')).state, /^Not started/);
  });

  it('show that there is nothing to check, with a button that opens the file', async () => {
    await runChecksOf('job');
    await workbench.notifications.waitFor(/^job has no checks and no health check/);
    await workbench.notifications.click(/job has/, 'Open File');
    await workbench.page.locator('.tabs-container .tab.active', { hasText: 'services.json' }).waitFor();
  });
});
