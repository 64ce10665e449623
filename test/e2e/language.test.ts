/** A VS Code in German: every part of the extension that creates strings creates them in German. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { withoutIcon } from '../support/workbench/quickInput';
import { DashboardPage } from '../support/workbench/dashboard';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('a window in German', () => {
  const verdict = 'Das Paket express ist nicht installiert.';
  let session: Session;
  let unused: number;
  let workbench: Workbench;

  before(async () => {
    const [port = 0, other = 0, third = 0] = await freePorts(3);
    unused = third;
    const command = ['node', 'server.js', '${port}'];
    const lastWords = "Error: Cannot find module 'express'";
    const fails = { EXIT_AFTER: '300', EXIT_CODE: '1', READY_AFTER: '60000', LAST_WORDS: lastWords };
    const services = {
      api: { command, port, health: { http: '/health', interval: '200ms' } },
      fails: { command, port: other, env: fails },
    };
    session = await Session.start({
      language: 'de',
      files: { 'server.js': fixture('server.js'), [configFile]: { services } },
    });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('fails');
  });

  after(stopSessions);

  const becomes = (name: string, words: string) =>
    workbench.services.rowWhere(name, `says ${words}`, ({ state }) => state.startsWith(words), 60_000);

  it('shows its commands and buttons in German', async () => {
    assert.deepEqual(await workbench.services.actions('api'), ['Starten']);
    await workbench.runCommand('Services: Alle starten');
  });

  it('shows the state of a service in German', async () => {
    assert.equal((await workbench.services.row('api')).label.split(':')[0], 'api, Dienst');
    await becomes('api', 'Gesund');
    const { state } = await becomes('fails', 'Fehlgeschlagen');
    // VS Code reports the exit code a moment after the end.
    assert.match(state, /^Fehlgeschlagen, .*[Ww]ährend des Starts/);
  });

  it('shows in German why a service failed, and what can be done', async () => {
    const message = `fails: ${verdict}`;
    assert.equal(await workbench.notifications.waitFor(/^fails:/), message);
    const buttons = await workbench.notifications.buttons(message);
    assert.deepEqual(buttons.slice(-2), ['Diagnostizieren', 'Terminal']);
    await workbench.notifications.click(message, 'Diagnostizieren');
    const rows = await workbench.quickInput.items();
    assert.ok(
      [verdict, 'Bericht kopieren'].every((words) => rows.map(withoutIcon).join(' ').includes(words)),
      rows.join('\n'),
    );
    await workbench.quickInput.dismiss();
    assert.match(await workbench.services.tooltip('fails'), /^Das Paket express.*Befehl\s/s);
  });

  it('shows the dashboard in German, with all of its words in a narrow window', async () => {
    const dashboard = new DashboardPage(workbench.page);
    const { width, height } = workbench.page.viewportSize() ?? assert.fail('The window has a size.');
    await workbench.runCommand('Services: Dashboard öffnen');
    const incidents = dashboard.frame.getByRole('list', { name: 'Störungen' });
    await incidents.getByText('api wurde von Ihnen gestartet.').waitFor({ timeout: 60_000 });
    await workbench.page.setViewportSize({ width: 748, height });
    const found: string[] = [];
    for (const tab of ['Zeitverlauf', 'Diagramme', 'Details', 'Prüfungen', 'Log']) {
      await dashboard.show(tab);
      found.push(...(await dashboard.cutOff()).map((cut) => `${tab}: ${cut}`));
    }
    await workbench.page.setViewportSize({ width, height });
    assert.deepEqual(found, []);
  });

  it('asks questions and welcomes in German when there are no services', async () => {
    await workbench.runCommand('Services: Port freigeben…');
    await workbench.quickInput.type(String(unused));
    assert.equal(await workbench.notifications.waitFor(/^Port /), `Port ${unused} ist frei.`);
    await workbench.runCommand('Services: Alle anhalten');
    await becomes('api', 'Angehalten');
    await session.write(configFile, { services: {} });
    await until('no rows', async () => (await workbench.services.rows()).length === 0);
    assert.match(await workbench.services.welcome(), /enthält noch keine Dienste/);
  });
});
