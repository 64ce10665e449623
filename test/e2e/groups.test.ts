/** The view grouped by the groups of services.json: its rows, what is below them, their keys, and what is collapsed after a reload. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

/** Succeeds once. */
const seed = `const { existsSync, writeFileSync } = require('node:fs');
if (existsSync('seeded')) process.exit(3);
writeFileSync('seeded', '');
`;

describe('the view grouped by group', () => {
  let workbench: Workbench;
  let docsPort = 0;

  before(async () => {
    const [api = 0, web = 0, docs = 0] = await freePorts(3);
    docsPort = docs;
    const server = (port: number, groups: readonly string[]) => ({
      ...{ command: ['node', 'server.js', '${port}'], port, health: '/health', groups },
      commands: { 'Seed data': 'node seed.js' },
    });
    const services = {
      api: server(api, ['core']),
      web: server(web, ['core', 'site']),
      docs: { ...server(docs, []), dependsOn: ['api'] },
    };
    const session = await Session.start({
      files: { 'server.js': fixture('server.js'), 'seed.js': seed, [configFile]: { services } },
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

  it('has ports, processes and commands below a service, where a command is run and a click opens a terminal', async () => {
    const { services } = workbench;
    const says = (name: string, words: RegExp): Promise<unknown> =>
      services.rowWhere(name, String(words), ({ description }) => words.test(description), 60_000);
    const port = `Port ${docsPort}`;
    await services.press('docs', 'ArrowRight');
    await showsRows(`core api web site web docs Depends on api ${port} Seed data`);
    await says(port, /^not listening$/);
    await services.clickAction('Seed data', 'Run Command');
    await says('Seed data', /^succeeded$/);
    await services.press('Seed data', 'F5');
    await says('Seed data', /exit code 3/);
    assert.match((await services.row('docs')).state, /^Not started/);
    await services.rowName('Depends on api').click();
    await until('the row of api to be selected', async () => (await services.selected()).join() === 'api');
    await services.press('docs', 'F5');
    await says(port, /^listening on .*(127\.0\.0\.1|::)/);
    const process = await until('a process', async () => (await services.rows()).find(({ name }) => name.startsWith('Process ')));
    assert.match(process.description, /\d MB · .*server\.js/);
    await workbench.screenshot('row-details');
    await services.rowName(process.name).click();
    await workbench.terminals.waitForText(/listening|port/i);
    await services.press('docs', 'Shift+F5');
    await says(port, /^not listening$/);
    await services.press('docs', 'ArrowLeft');
    await showsRows('core api web site web docs');
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
