/** The view grouped by the groups of services.json: its rows, their keys, and what is collapsed after a reload. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('the view grouped by group', () => {
  let workbench: Workbench;

  before(async () => {
    const [api = 0, web = 0, docs = 0] = await freePorts(3);
    const server = (port: number, groups: readonly string[]) => ({
      ...{ command: ['node', 'server.js', '${port}'], port, health: '/health', groups },
      commands: { 'Seed data': 'node -e 0' },
    });
    const services = { api: server(api, ['core']), web: server(web, ['core', 'site']), docs: server(docs, []) };
    const session = await Session.start({
      files: { 'server.js': fixture('server.js'), [configFile]: { services } },
      settings: { 'serviceLifecycle.groupBy': 'group' },
    });
    workbench = await session.open();
    await workbench.services.open();
  });

  after(stopSessions);

  const showsRows = (expected: string): Promise<unknown> =>
    until(
      `the rows ${expected}`,
      async () => (await workbench.services.rows()).map(({ name }) => name).join(' ') === expected,
      60_000,
    );

  it('starts and stops the services of a group from its row', async () => {
    await showsRows('core api web site web docs');
    assert.deepEqual(await workbench.services.actions('core'), ['Start Group', 'Restart Group', 'Stop Group']);
    await workbench.services.clickAction('core', 'Start Group');
    const becomes = (name: string, state: RegExp): Promise<unknown> =>
      workbench.services.rowWhere(name, String(state), (row) => state.test(row.state), 60_000);
    await becomes('api', /^Healthy/);
    await becomes('web', /^Healthy/);
    assert.match((await workbench.services.row('docs')).state, /^Not started/);
    await workbench.services.press('core', 'Shift+F5');
    await becomes('api', /^Stopped/);
    await becomes('web', /^Stopped/);
  });

  it('keeps what is collapsed over a reload', async () => {
    await workbench.services.press('core', 'ArrowLeft');
    await showsRows('core site web docs');
    await workbench.reload();
    await workbench.services.open();
    await showsRows('core site web docs');
    await workbench.services.press('core', 'ArrowRight');
    await showsRows('core api web site web docs');
  });
});
