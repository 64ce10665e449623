/** What agents did in terminals, typed again: a second copy of a running server, `pkill`, and a kill from a process of their own. */
import assert from 'node:assert/strict';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { needsPython, python } from './support/python';
import { stopSessions } from './support/sessions';

/** Ends the process of the port that it is given, as an agent does: by a command of its own, which VS Code does not see. */
const agent = `const { execFileSync } = require('node:child_process');
const [pid] = process.argv.slice(2);
setTimeout(() => execFileSync('kill', ['-9', pid]), 500);
setTimeout(() => undefined, 60_000);
`;

describe('a scripted agent in a terminal', () => {
  let port: number;
  let otherPort: number;
  let session: Session;
  let workbench: Workbench;

  before(needsPython);

  before(async () => {
    [port = 0, otherPort = 0] = await freePorts(2);
    const backend = {
      role: 'backend',
      command: `${python} -m uvicorn main:app --port \${port}`,
      port,
      health: { http: '/health', interval: '300ms' },
      restart: 'no',
    };
    const files = { 'main.py': fixture('main.py'), 'bin/claude.js': agent, [configFile]: { services: { backend } } };
    session = await Session.start({ files });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.press('backend', 'F5');
    await workbench.services.rowWhere('backend', 'is healthy', isHealthy, 60_000);
    await workbench.terminals.openNew();
  });

  after(stopSessions);

  it('starts a second copy on another port: it is named with both pids, and stopped after the user agreed', async () => {
    const pid = await answeringPid(port);
    await workbench.terminals.type(`${python} -m uvicorn main:app --port ${otherPort}`);
    const copy = await until('the copy', () => answeringPid(otherPort).catch(() => undefined), 30_000);
    const message = await workbench.notifications.waitFor(/second copy of backend/, 30_000);
    assert.match(message, new RegExp(`in the terminal "[^"]+", on port ${otherPort}`));
    assert.deepEqual((await workbench.notifications.buttons(message)).toSorted(), ['Show the Service', 'Stop the Copy']);
    await workbench.screenshot('second-copy');
    await workbench.notifications.click(message, 'Stop the Copy');
    const dialog = await workbench.dialog.message();
    assert.match(`${dialog.message} ${dialog.detail}`, new RegExp(`${copy}.*uvicorn main:app --port ${otherPort}`, 's'));
    await workbench.dialog.click('End');
    await until('the copy to end', () => !isAlive(copy));
    assert.equal(await answeringPid(port), pid);
    assert.ok(isHealthy(await workbench.services.row('backend')));
  });

  it('runs commands of the same tool that start no server, without an alarm', async () => {
    await workbench.terminals.type(
      `${python} -m uvicorn --help > /dev/null; ${python} -m uvicorn main:nothing --port ${otherPort}`,
    );
    await holdsFor(8000, async () => assert.deepEqual(await workbench.notifications.messages(), []));
  });

  it('ends it by pkill: the row and the notification name the command, and restart it', async () => {
    await workbench.terminals.type(`clear; pkill -f "uvicorn main:app --port ${port}"`);
    const row = await workbench.services.rowWhere(
      'backend',
      'names the command',
      ({ description }) => description.includes('pkill'),
      30_000,
    );
    assert.match(row.description, /^Ended by pkill/);
    const message = await workbench.notifications.waitFor(/was ended by a command in the terminal/, 30_000);
    await workbench.screenshot('killed-by-command');
    await workbench.notifications.click(message, 'Restart');
    await workbench.services.rowWhere('backend', 'is healthy', isHealthy, 60_000);
  });

  it('ends it by a process of its own: the diagnosis names the agent as possible', async () => {
    await workbench.terminals.type(`clear; node bin/claude.js ${await answeringPid(port)}`);
    const message = await workbench.notifications.waitFor(/backend .*(?:ended from outside|has probably ended it)/, 30_000);
    await workbench.notifications.click(message, 'Diagnose');
    const evidence = await until('the evidence', async () => {
      const items = await workbench.quickInput.items();
      return items.find((item) => item.includes('not proven'));
    });
    assert.match(evidence, /claude \(pid \d+, terminal "[^"]+"\)/);
    await workbench.screenshot('killed-from-outside');
    await workbench.page.keyboard.press('Escape');
  });
});
