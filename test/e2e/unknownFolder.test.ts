/** A folder without services.json: its services are found, run for a test, added and healthy, without editing a file. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../support/poll';
import { isAlive } from '../support/processes';
import { MultiPick } from '../support/workbench/multiPick';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { uvicorn, vite } from './support/fullStack';
import { configFile } from './support/files';
import { answeringPid, holdsFor, isHealthy, onlyProcess, processesLike } from './support/observe';
import { oneService } from './support/oneService';
import { canBind } from './support/ports';
import { needsPython } from './support/python';
import { stopSessions } from './support/sessions';
import { svcOf } from './support/svc';
import { installIn, unknownFolder } from './support/unknownFolder';
import type { UnknownFolder } from './support/unknownFolder';

const offer = /Found 2 services in this workspace/;

describe('a folder without services.json', () => {
  let project: UnknownFolder;
  let session: Session;
  let workbench: Workbench;
  let pick: MultiPick;

  before(needsPython);

  before(async () => {
    project = await unknownFolder();
    session = await Session.start({ files: project.files });
    await installIn(session.workspace);
    workbench = await session.open();
    pick = new MultiPick(workbench.page);
  });

  after(stopSessions);

  const isUnwritten = async (): Promise<void> => assert.ok(!(await readdir(session.workspace)).includes('.vscode'));

  it('offers the found services once, and nothing is written or run', async () => {
    const message = await workbench.notifications.waitFor(offer, 60_000);
    assert.match(message, /backend and frontend/);
    assert.deepEqual(await workbench.notifications.buttons(offer), ['Add Services', "Don't Ask Again"]);
    assert.deepEqual(processesLike(session, /uvicorn|vite/), []);
    await isUnwritten();
  });

  it('does not offer them again after any answer', async () => {
    await workbench.screenshot('unknown-folder-offer');
    await workbench.notifications.click(offer, "Don't Ask Again");
    await workbench.reload();
    await workbench.services.open();
    await workbench.services.somethingShown();
    await holdsFor(6000, async () =>
      assert.deepEqual(
        (await workbench.notifications.messages()).filter((message) => message.includes('Found 2 services in this workspace')),
        [],
      ),
    );
  });

  it('shows by the button of the welcome view what was found, with the evidence, all selected', async () => {
    await workbench.screenshot('unknown-folder-welcome');
    await workbench.services.clickWelcomeButton('Add Services');
    const backend = await pick.rowWhere('backend', ({ ticked }) => ticked);
    const frontend = await pick.rowWhere('frontend', ({ ticked }) => ticked);
    await workbench.screenshot('unknown-folder-pick');
    assert.match(backend.detail, /app = FastAPI\(\) in backend\/main\.py:5/);
    assert.match(backend.description, new RegExp(`uvicorn main:app.*${project.backendPort}.*in backend`));
    assert.match(frontend.description, new RegExp(`npm run dev.*in frontend.*${project.frontendPort}`));
    assert.equal((await pick.rows()).length, 2);
  });

  it('starts, checks and stops a service in a test run, and the selection stays', async () => {
    await pick.toggle('frontend');
    await pick.rowWhere('frontend', ({ ticked }) => !ticked);
    await pick.press('backend', 'Test Run');
    await pick.rowWhere('backend', ({ icons }) => icons.includes('loading'));
    const row = await pick.rowWhere('backend', ({ detail }) => detail.startsWith('Responds at'), 60_000);
    await workbench.screenshot('unknown-folder-tried');
    assert.match(row.detail, new RegExp(`^Responds at http://localhost:${project.backendPort}/\\S* \\(HTTP 200, \\d+ ms\\)$`));
    assert.deepEqual(processesLike(session, /uvicorn/), []);
    assert.ok(await canBind(project.backendPort));
    assert.deepEqual(
      (await pick.rows()).map(({ label, ticked }) => `${label} ${String(ticked)}`),
      ['backend true', 'frontend false'],
    );
    await pick.toggle('frontend');
    await isUnwritten();
  });

  it('writes the accepted services with their evidence, and shows them immediately', async () => {
    await pick.accept();
    await workbench.services.row('backend');
    await workbench.services.row('frontend');
    const written = await readFile(join(session.workspace, configFile), 'utf8');
    assert.match(written, /\/\/ app = FastAPI\(\) in backend\/main\.py:5/);
    await workbench.page.locator('.tabs-container .tab.active', { hasText: 'services.json' }).waitFor();
    await workbench.screenshot('unknown-folder-added');
  });

  it('has no terminal and no process of the test run left', async () => {
    // The panel must be open so that its terminals are visible.
    await workbench.runCommand('Terminal: Create New Terminal');
    const titles = await until('a terminal', async () => {
      const shown = await workbench.terminals.titles();
      return shown.length > 0 && shown;
    });
    assert.deepEqual(
      titles.filter((title) => title.includes('test run')),
      [],
    );
    assert.deepEqual(processesLike(session, /uvicorn|vite/), []);
  });

  it('starts all services without any edit, and both are healthy', async () => {
    await workbench.services.clickTitleAction('Start All');
    for (const name of ['backend', 'frontend']) await workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
    assert.equal(await answeringPid(project.backendPort), await onlyProcess(session, uvicorn));
    assert.ok((await onlyProcess(session, vite)) > 0);
    const proxied = await fetch(`http://localhost:${project.frontendPort}/api/hello`);
    assert.match(await proxied.text(), /Hello from FastAPI/);
    await workbench.screenshot('unknown-folder-green');
  });

  it('has nothing new to add afterwards', async () => {
    await workbench.runCommand('Services: Add Services…');
    await workbench.notifications.waitFor(/All services found in workspace are already in services\.json: backend and frontend/);
  });
});

describe('a test run that fails', () => {
  let session: Session;
  let workbench: Workbench;
  let pick: MultiPick;

  before(async () => {
    const crash = "import http from 'node:http';\nthrow new Error('No database');\nhttp.createServer().listen(3100);\n";
    const silent =
      "import http from 'node:http';\nconst server = http.createServer();\nsetTimeout(() => server.listen(3101), 1e9);\n";
    session = await Session.start({
      files: {
        'api/package.json': { name: 'api', type: 'module', scripts: { start: 'node server.js' } },
        'api/server.js': crash,
        'silent/package.json': { name: 'silent', type: 'module', scripts: { start: 'node never.js' } },
        'silent/never.js': silent,
      },
      settings: { 'serviceLifecycle.offerServices': false },
    });
    workbench = await session.open();
    pick = new MultiPick(workbench.page);
  });

  after(stopSessions);

  it('belongs to services that are not offered when the setting turns it off', async () => {
    await workbench.services.open();
    await workbench.services.somethingShown();
    await holdsFor(5000, async () => assert.deepEqual(await workbench.notifications.messages(), []));
  });

  it('shows the reason in its row, and leaves no process', async () => {
    await workbench.runCommand('Services: Add Services…');
    await pick.rowWhere('api', ({ ticked }) => ticked);
    await pick.press('api', 'Test Run');
    const row = await pick.rowWhere('api', ({ icons }) => icons.includes('error'), 60_000);
    await workbench.screenshot('unknown-folder-failed-try');
    assert.match(row.detail, /No database/);
    assert.deepEqual(processesLike(session, /node server\.js/), []);
  });

  it('shows its terminal', async () => {
    await pick.press('api', 'Show');
    await workbench.terminals.waitForText(/Error: No database/);
    assert.ok((await workbench.terminals.titles()).some((title) => title.includes('api (test run)')));
    assert.ok(await pick.isOpen());
  });

  it('ends and closes its terminal with the pick, and nothing is written', async () => {
    await pick.press('silent', 'Test Run');
    const pid = await onlyProcess(session, /^\S*node never\.js/);
    await pick.rowWhere('silent', ({ detail }) => detail.includes('Nothing is listening on port 3101 yet'));
    await workbench.quickInput.dismiss();
    await until('the end of what was tried', () => !isAlive(pid));
    await until('no terminal of a try', async () =>
      (await workbench.terminals.titles()).every((title) => !title.includes('test run')),
    );
    assert.ok(!(await readdir(session.workspace)).includes('.vscode'));
  });

  it('ends with its window, at the latest when the window opens again', async () => {
    await workbench.runCommand('Services: Add Services…');
    await pick.press('silent', 'Test Run');
    const pid = await onlyProcess(session, /^\S*node never\.js/);
    await workbench.reload();
    await until('the end of what was tried', () => !isAlive(pid), 30_000);
    assert.deepEqual(processesLike(session, /never\.js/), []);
  });
});

describe('a folder without services.json that is not trusted', () => {
  let session: Session;
  let workbench: Workbench;
  let pick: MultiPick;

  before(async () => {
    session = await Session.start({ files: oneService, workspaceTrust: 'ask' });
    workbench = await session.open();
    pick = new MultiPick(workbench.page);
    await workbench.services.open();
  });

  after(stopSessions);

  it('offers no services', () =>
    holdsFor(5000, async () =>
      assert.deepEqual(
        (await workbench.notifications.messages()).filter((message) => message.includes('start and monitor here')),
        [],
      ),
    ));

  it('shows its services on request, and runs none of them', async () => {
    await workbench.services.clickWelcomeButton('Add Services');
    await pick.rowWhere('api', ({ ticked }) => ticked);
    await pick.press('api', 'Test Run');
    const row = await pick.rowWhere('api', ({ icons }) => icons.includes('error'));
    assert.match(row.detail, /not trusted/);
    assert.deepEqual(processesLike(session, /node server\.js/), []);
  });

  it('says so to svc, which nothing serves there', async () => {
    const svc = await svcOf(session);
    const { status, stderr } = spawnSync(svc, ['list'], { cwd: session.workspace, encoding: 'utf8' });
    assert.equal(status, 6, stderr);
    assert.match(stderr, /does not trust it/);
  });
});
