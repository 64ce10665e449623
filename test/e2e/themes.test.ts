/** The icons of the states in each kind of theme: meaning by shape, and visible. */
import assert from 'node:assert/strict';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { contrast } from './support/contrast';
import { configFile, fixture } from './support/files';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';
import { changeTheme, themeNames } from './support/themes';
import { until } from '../support/poll';

/** Of graphics, by WCAG 2.2, 1.4.11. */
const leastContrast = 3;

describe('the icons of the Services view', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    const [port = 0, other = 0, silent = 0] = await freePorts(3);
    const services = {
      healthy: { command: ['node', 'server.js', '${port}'], port, health: '/health' },
      failed: { command: ['node', '-e', 'process.exit(3)'], port: silent },
      unhealthy: {
        command: ['node', 'server.js', '${port}'],
        port: other,
        health: { http: '/', status: [204], startPeriod: '2s' },
      },
      worker: { role: 'worker', command: ['node', '-e', 'setInterval(() => {}, 1000)'] },
      stopped: { command: ['node', 'server.js', '${port}'], port: silent },
    };
    session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: { services } } });
    workbench = await session.open();
    await workbench.services.open();
    for (const name of ['healthy', 'failed', 'worker', 'unhealthy']) await workbench.services.clickAction(name, 'Start');
    await workbench.services.rowWhere('healthy', 'is healthy', ({ icon }) => icon === 'pass', 60_000);
    await workbench.services.rowWhere('failed', 'failed', ({ icon }) => icon === 'error', 60_000);
    await workbench.services.rowWhere('unhealthy', 'is unhealthy', ({ icon }) => icon === 'warning', 90_000);
  });

  after(stopSessions);

  it('have a shape of their own for each kind of state', async () => {
    const icons = Object.fromEntries((await workbench.services.rows()).map(({ name, icon }) => [name, icon]));
    assert.deepEqual(icons, {
      healthy: 'pass',
      failed: 'error',
      unhealthy: 'warning',
      worker: 'play-circle',
      stopped: 'circle-large-outline',
    });
  });

  for (const theme of themeNames) {
    it(`have enough contrast in ${theme}, and the failed and unhealthy ones a colour of their own`, async () => {
      await changeTheme(session, workbench, theme);
      const background = await workbench.services.background();
      const rows = await until('the colours of the theme', async () => {
        const drawn = await workbench.services.rows();
        return drawn.every(({ colour }) => contrast(colour, background) >= leastContrast) && drawn;
      }).catch(() => workbench.services.rows());
      for (const row of rows) {
        const found = contrast(row.colour, background);
        assert.ok(found >= leastContrast, `${row.name}: ${row.colour} on ${background} has a contrast of ${found.toFixed(2)}.`);
      }
      const colourOf = (row: string): string => rows.find((each) => each.name === row)?.colour ?? assert.fail(row);
      const states = ['healthy', 'failed', 'unhealthy', 'stopped'].map(colourOf);
      assert.equal(new Set(states).size, states.length, states.join(' '));
    });
  }
});
