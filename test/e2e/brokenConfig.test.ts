/** Errors in services.json are shown at their places and affect nothing else. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, isHealthy, processesLike } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('a broken services.json', () => {
  let port: number;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    [port = 0] = await freePorts(1);
    session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: good() } });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.clickAction('api', 'Start');
    await workbench.services.rowWhere('api', 'is healthy', isHealthy, 60_000);
    await workbench.problems.open();
  });

  after(stopSessions);

  const api = (): string => `"api": { "command": ["node", "server.js", "\${port}"], "port": ${port}, "health": "/health" }`;
  const good = (): string => `{\n  "services": {\n    ${api()},\n    "other": { "command": "sleep 3000" }\n  }\n}\n`;

  const noProblems = (): Promise<unknown> =>
    until('no problems', async () => (await workbench.problems.entries()).length === 0, 30_000);

  it('with a syntax error keeps rows and processes, and shows the place of the error', async () => {
    const pid = await answeringPid(port);
    await session.write(configFile, good().replace('"other": {', '"other": {{'));
    assert.match(await workbench.problems.waitFor(/services\.json.*line 4|line 4/i, 30_000), /4/);
    const error = await workbench.services.rowWhere('services.json', 'shows the line', ({ description }) =>
      description.startsWith('line 4: '),
    );
    assert.equal(error.icon, 'bracket-error');
    const rows = await workbench.services.rows();
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['services.json', 'api', 'other'],
    );
    const message = 'services.json has an error in line 4. Rows show the last valid configuration.';
    await until('the message above the rows', async () => (await workbench.services.message()) === message);
    assert.ok(rows[2]?.description.endsWith(' · last valid'), rows[2]?.description);
    assert.ok(isHealthy(rows[1] ?? assert.fail('There is no row.')));
    await until('the badge 1', async () => (await workbench.services.badge()) === '1');
    assert.ok((await workbench.statusBar.items()).some(({ text }) => text === 'services.json'));
    assert.equal(await answeringPid(port), pid);
    await workbench.screenshot('broken-file');
    await workbench.services.press('services.json', 'Enter');
    await until('the cursor in line 4', async () =>
      (await workbench.page.locator('#status\\.editor\\.selection').innerText()).includes('Ln 4, '),
    );
    await session.write(configFile, good());
    await noProblems();
    await workbench.services.rowWhere('other', 'is as written', ({ description }) => description === 'Not started');
    await until('no message', async () => (await workbench.services.message()) === '');
    await until('no badge', async () => (await workbench.services.badge()) === '');
    assert.equal(await answeringPid(port), pid);
    assert.ok(isHealthy(await workbench.services.row('api')));
  });

  it('with errors of every kind shows each at its line, and the valid services start', async () => {
    const mistakes = [
      '{',
      '  "services": {',
      `    ${api()},`,
      '    "fine": { "command": "sleep 4000" },',
      '    "badPort": { "command": "ls", "port": 99999 },',
      '    "unknownKey": { "command": "ls", "prot": 3000 },',
      '    "noFolder": { "command": "ls", "cwd": "nowhere" },',
      '    "noEnvFile": { "command": "ls", "envFile": ".nope" },',
      '    "noProgram": { "command": ["frobnicate"] },',
      '    "needsNobody": { "command": "ls", "dependsOn": ["nobody"] }',
      '  }',
      '}',
    ];
    await session.write(configFile, mistakes.join('\n'));
    const expected = [
      [5, /1 to 65535/],
      [6, /"prot".*"port"/],
      [7, /nowhere/],
      [8, /\.nope/],
      [9, /frobnicate/],
      [10, /nobody/],
    ] as const;
    for (const [line, words] of expected) {
      const entry = await workbench.problems.waitFor(words, 30_000);
      assert.match(entry, new RegExp(`\\b(line|Ln) ${line}\\b`, 'i'), entry);
    }
    const row = await workbench.services.row('badPort');
    assert.match(row.state, /^invalid configuration in services\.json: .*1 to 65535/);
    await workbench.services.clickAction('fine', 'Start');
    await workbench.services.rowWhere('fine', 'runs', ({ state }) => state.startsWith('Running'));
    assert.equal(processesLike(session, /^sleep 4000$/).length, 1);
    assert.ok(isHealthy(await workbench.services.row('api')));
  });

  it('shows in the view why a service cannot be started', async () => {
    for (const [name, words] of [
      ['noFolder', /^Failed, Folder not found: .*nowhere/],
      ['noEnvFile', /^Failed, Env file not found: .*\.nope/],
      ['noProgram', /^Failed, Command not found: frobnicate/],
    ] as const) {
      await workbench.services.clickAction(name, 'Start');
      await workbench.services.rowWhere(name, `shows ${String(words)}`, ({ state }) => words.test(state));
    }
  });

  it('keeps running services, and shows no error any more once it is fixed', async () => {
    const pid = await answeringPid(port);
    await session.write(configFile, good());
    await noProblems();
    await until('only the rows of the file and what still runs', async () => {
      const names = (await workbench.services.rows()).map(({ name }) => name).sort();
      return names.join() === 'api,fine,other';
    });
    assert.equal(await answeringPid(port), pid);
  });
});

describe('the editor of services.json', () => {
  let workbench: Workbench;

  before(async () => {
    const text = '{\n  "services": {\n    "api": {\n      "command": "ls",\n      \n    }\n  }\n}\n';
    const session = await Session.start({ files: { [configFile]: text } });
    workbench = await session.open();
    await workbench.openFile('services.json');
  });

  after(stopSessions);

  it('explains a key in its hover', async () => {
    assert.match(await workbench.hoverInEditor('"command"'), /The command that starts the service/);
  });

  it('completes the keys of a service', async () => {
    const offered = await workbench.completionsAt(5);
    // VS Code draws only the visible part of the list.
    for (const key of ['autoStart', 'commands', 'cwd', 'dependsOn', 'envFile', 'groups', 'health'])
      assert.ok(offered.includes(key), offered.join());
    assert.ok(!offered.includes('command'), 'A key that is there already is not offered again.');
  });
});
