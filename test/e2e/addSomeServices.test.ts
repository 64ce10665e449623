/** A folder whose services.json names some of its services: the others are found and added, and nothing else changes. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/poll';
import { MultiPick } from '../support/workbench/multiPick';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { holdsFor } from './support/observe';
import { oneService } from './support/oneService';
import { stopSessions } from './support/sessions';

describe('a folder with some services in services.json', () => {
  let session: Session;
  let workbench: Workbench;
  let pick: MultiPick;

  before(async () => {
    const web = { 'web/package.json': { scripts: { dev: 'vite' }, devDependencies: { vite: '^8.0.0' } } };
    const written =
      '{\n  // mine\n  "services": {\n    "pages": { "command": "npm run dev", "cwd": "web", "port": 5173 }, // as I like it\n  },\n}\n';
    const compose = { 'compose.yaml': 'services:\n  api:\n    build: ./api\n    ports: ["8080:8080"]\n' };
    session = await Session.start({ files: { ...oneService, ...web, ...compose, [configFile]: written } });
    workbench = await session.open();
    pick = new MultiPick(workbench.page);
    await workbench.services.open();
    await workbench.services.row('pages');
  });

  after(stopSessions);

  it('offers no services', () => holdsFor(5000, async () => assert.deepEqual(await workbench.notifications.messages(), [])));

  it('shows new services selected, and existing ones not selected', async () => {
    await workbench.openFile('services.json');
    await workbench.typeInEditor('// not saved yet\n');
    await until('an unsaved editor', () => workbench.hasUnsavedEditor());
    await workbench.runCommand('Services: Add Services…');
    await pick.rowWhere('api', ({ ticked }) => ticked);
    assert.deepEqual(
      (await pick.rows()).map(({ label, ticked }) => [label, ticked]),
      [
        ['api', true],
        ['web', false],
      ],
    );
    await workbench.screenshot('unknown-folder-in-part');
  });

  it('switches a service between its source and its container, and keeps what is selected', async () => {
    const source = await pick.rowWhere('api', ({ description }) => description.endsWith('or in its container'));
    await pick.press('api', 'Run It in Its Container Instead');
    const container = await pick.rowWhere('api', ({ description }) => description.includes('docker compose up'));
    assert.ok(container.ticked && container.description.endsWith('or from source'), JSON.stringify(container));
    await workbench.screenshot('unknown-folder-container');
    await pick.press('api', 'Run It from Source Instead');
    assert.deepEqual(await pick.rowWhere('api', ({ description }) => !description.includes('docker')), source);
  });

  it('keeps existing services, unsaved changes and comments', async () => {
    await pick.accept();
    await workbench.services.row('api');
    const text = await readFile(join(session.workspace, configFile), 'utf8');
    assert.ok(text.startsWith('// not saved yet\n{\n  // mine\n'), text);
    assert.match(text, /"pages": \{ "command": "npm run dev", "cwd": "web", "port": 5173 \}, \/\/ as I like it\n/);
    assert.match(text, /\/\/ "start": "node server\.js" in api\/package\.json:\d+\n/);
    assert.equal(await workbench.hasUnsavedEditor(), false);
    assert.deepEqual(
      (await workbench.services.rows()).map(({ name }) => name),
      ['pages', 'api'],
    );
  });
});
