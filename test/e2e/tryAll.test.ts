/** Try All in a folder without services.json: what is seen corrects what was found, and what is written starts without an edit. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'jsonc-parser';
import { MultiPick } from '../support/workbench/multiPick';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { isHealthy, processesLike } from './support/observe';
import { canBind, freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

const anyServer = /node (?:api|web|mailer)\.mjs/;

describe('Try All', () => {
  let apiPort: number;
  let webPort: number;
  let realWebPort: number;
  let session: Session;
  let workbench: Workbench;
  let pick: MultiPick;

  before(async () => {
    [apiPort = 0, webPort = 0, realWebPort = 0] = await freePorts(3);
    session = await Session.start({
      files: {
        ...project('api', loginOnly(apiPort)),
        ...project('web', otherPort(webPort, realWebPort)),
        ...project('mailer', "import 'stripe';\nimport http from 'node:http';\nhttp.createServer().listen(3999);\n"),
      },
      settings: { 'serviceLifecycle.offerServices': false },
    });
    workbench = await session.open();
    pick = new MultiPick(workbench.page);
    await workbench.services.open();
    await workbench.services.somethingShown();
    await workbench.runCommand('Services: Add Services…');
    for (const name of ['api', 'web', 'mailer']) await pick.rowWhere(name, ({ ticked }) => ticked);
  });

  after(stopSessions);

  it('asks once, with every command, and starts nothing when that is refused', async () => {
    await pick.pressTitle('Try All');
    const { message, detail } = await workbench.dialog.message();
    assert.match(message, /Start these services for a moment/);
    for (const name of ['api', 'web', 'mailer']) assert.match(detail, new RegExp(`${name}\\s+Command: npm (?:run )?start`));
    await workbench.screenshot('try-all-question');
    await workbench.dialog.click('Cancel');
    assert.deepEqual(processesLike(session, anyServer), []);
    assert.ok(await pick.isOpen());
  });

  it('shows in each row what was seen, and ticks no service that failed', async () => {
    await pick.pressTitle('Try All');
    await workbench.dialog.click('Try All');
    const failed = await pick.rowWhere('mailer', ({ icons }) => icons.includes('error'), 120_000);
    assert.match(failed.detail, /stripe/);
    const api = await pick.rowWhere('api', ({ detail }) => detail.startsWith('Responds at'), 60_000);
    assert.match(api.detail, new RegExp(`localhost:${apiPort}/ \\(HTTP 200, \\d+ ms\\); /health gave HTTP 401`));
    const web = await pick.rowWhere('web', ({ icons }) => icons.includes('warning'), 60_000);
    assert.equal(web.detail, `Listening on port ${realWebPort}, not on ${webPort}`);
    await pick.rowWhere('mailer', ({ ticked }) => !ticked);
    await workbench.screenshot('try-all-done');
    assert.deepEqual((await pick.rows()).map(({ label, ticked }) => `${label} ${String(ticked)}`).sort(), [
      'api true',
      'mailer false',
      'web true',
    ]);
  });

  it('has stopped everything that it started', async () => {
    await pick.rowWhere('web', ({ icons }) => icons.includes('warning'));
    assert.deepEqual(processesLike(session, anyServer), []);
    assert.ok(await canBind(apiPort));
  });

  it('writes what was seen, with a comment for each fact', async () => {
    await pick.accept();
    await workbench.services.row('api');
    const text = await readFile(join(session.workspace, configFile), 'utf8');
    // The extension wrote it.
    const { services } = parse(text) as { services: Record<string, { port?: number; health?: string }> };
    assert.deepEqual(Object.keys(services).sort(), ['api', 'web']);
    assert.equal(services['api']?.health, '/');
    assert.equal(services['web']?.port, realWebPort);
    assert.match(text, /Seen in a test run: \/health responded with HTTP 401, so it is not the health check\./);
    await workbench.screenshot('try-all-written');
  });

  it('wrote services that all start without an edit', async () => {
    await workbench.services.clickTitleAction('Start All');
    for (const name of ['api', 'web']) await workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
    await workbench.runCommand('Services: Stop All');
  });
});

const project = (name: string, source: string): Record<string, string | object> => ({
  [`${name}/package.json`]: { name, private: true, type: 'module', scripts: { start: `node ${name}.mjs` } },
  [`${name}/${name}.mjs`]: source,
});

/** Its health needs a login, which cannot be seen in the source. */
const loginOnly = (port: number): string =>
  [
    "import http from 'node:http';",
    'const app = { get: (path, status) => routes.set(path, status) };',
    'const routes = new Map();',
    "app.get('/health', 401);",
    "app.get('/', 200);",
    `http.createServer(({ url }, response) => response.writeHead(routes.get(url) ?? 404).end()).listen(${port});`,
    '',
  ].join('\n');

/** It listens on another port than its source says. */
const otherPort = (port: number, real: number): string =>
  [
    "import http from 'node:http';",
    `const offset = ${real - port};`,
    `const port = ${port};`,
    "http.createServer((_, response) => response.end('Hello')).listen(port + offset);",
    '',
  ].join('\n');
