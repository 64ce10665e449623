/** Editing support for services.json, as the user sees it in the editor. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('the editor of services.json', () => {
  let workbench: Workbench;
  let port: number;

  const lenses = async (): Promise<readonly string[]> =>
    (await workbench.page.locator('.codelens-decoration').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
  const lens = async (wanted: RegExp): Promise<string> =>
    until(`a lens that says ${wanted.source}`, async () => (await lenses()).find((text) => wanted.test(text)), 30_000);

  before(async () => {
    [port = 0] = await freePorts(1);
    const text = `{
  "services": {
    "web": {
      "command": ["node", "server.js", "\${port}"],
      "port": ${port},
      "health": "/health"
    },
    "other": {
      "command": "sleep 1000",
      "dependsOn": 
    },
    "wrong": { "command": "ls", "prot": 1, "autoStart": "maybe" }
  }
}
`;
    const session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: text } });
    workbench = await session.open();
    await workbench.openFile('services.json');
  });

  after(stopSessions);

  it('shows the state over a service, starts it by a click, and shows when it is healthy', async () => {
    await lens(/Not started.*Start/);
    await workbench.page.locator('.codelens-decoration a', { hasText: 'Start' }).first().click();
    assert.match(await lens(/ ms/), new RegExp(`:${port} · \\d+ ms.*Stop.*Restart`));
    await lens(/^"autoStart" must be true or false/);
  });

  it('completes the other services while a line is partly typed', async () => {
    const offered = await workbench.completionsAt(10);
    assert.ok(offered.includes('["web"]'), offered.join());
  });

  it('fixes an error from the light bulb', async () => {
    const { page } = workbench;
    await page.keyboard.press('Escape');
    await page.locator('.editor-instance .view-line span span', { hasText: '"prot"' }).first().click();
    const fixes = page.locator('.action-widget .monaco-list-row');
    await page.keyboard.press('Control+.');
    await fixes.filter({ hasText: 'Remove "prot"' }).waitFor();
    await fixes.filter({ hasText: 'Change to "port"' }).click();
    await until('the change', async () => !(await workbench.editorText()).includes('"prot"'), 10_000);
  });
});
