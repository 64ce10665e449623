/** From a fresh clone to a healthy service: the setup step installs the packages of Vite, and the row shows its progress. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { repositoryRoot } from '../support/repository';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { isHealthy } from './support/observe';
import { canBind, freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

/** Replaces `npm install` without a network: takes a while, then links existing packages. */
const install = `const { appendFileSync, symlinkSync } = require('node:fs');
appendFileSync('installs', process.pid + ' ');
console.log('added 12 packages');
setTimeout(() => symlinkSync(${JSON.stringify(join(repositoryRoot, 'node_modules'))}, 'node_modules', 'junction'), 3000);
`;

describe('a setup step', () => {
  let session: Session;
  let workbench: Workbench;
  let port: number;

  before(async () => {
    [port = 0] = await freePorts(1);
    const services = {
      frontend: {
        role: 'frontend',
        command: 'npm run dev -- --port ${port}',
        cwd: 'frontend',
        port,
        health: '/',
        setup: [
          { name: 'install', command: 'node install.cjs', unless: 'node_modules' },
          { name: 'check', command: 'node check.cjs' },
        ],
      },
    };
    session = await Session.start({
      workspace: 'sample',
      files: { 'frontend/install.cjs': install, 'frontend/check.cjs': '', [configFile]: { services } },
    });
    // The packages of the sample are linked at its root.
    await rm(join(session.workspace, 'node_modules'), { recursive: true, force: true });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('frontend');
  });

  after(stopSessions);

  const inFrontend = (name: string): string => join(session.workspace, 'frontend', name);
  const installs = async (): Promise<readonly number[]> =>
    (await readFile(inFrontend('installs'), 'utf8').catch(() => '')).split(' ').filter(Boolean).map(Number);
  const becomes = (pattern: RegExp, timeout?: number) =>
    workbench.services.rowWhere('frontend', `shows ${String(pattern)}`, ({ state }) => pattern.test(state), timeout);

  it('shows its name on the row, and ends with a healthy service', async () => {
    await workbench.services.clickAction('frontend', 'Start');
    const row = await becomes(/^Setup: install \(1 of 2\)$/);
    assert.equal(row.icon, 'loading');
    await workbench.screenshot('setup-running');
    await workbench.services.rowWhere('frontend', 'is healthy', isHealthy, 60_000);
    assert.ok(existsSync(inFrontend('node_modules')));
  });

  it('is not repeated by a restart', async () => {
    await workbench.services.clickAction('frontend', 'Restart');
    await becomes(/^(?:Setup: check|Starting)/);
    await workbench.services.rowWhere('frontend', 'is healthy', isHealthy, 60_000);
    assert.equal((await installs()).length, 1);
  });

  it('can be stopped on the row, and nothing of it is left', async () => {
    await workbench.services.clickAction('frontend', 'Stop');
    await becomes(/^Stopped/);
    await rm(inFrontend('node_modules'));
    await workbench.services.clickAction('frontend', 'Start');
    await becomes(/^Setup: install/);
    const pid = await until('the second install', async () => (await installs())[1]);
    assert.equal(isAlive(pid), true);
    await workbench.services.clickAction('frontend', 'Stop');
    await becomes(/^Stopped/);
    assert.deepEqual([isAlive(pid), existsSync(inFrontend('node_modules')), await canBind(port)], [false, false, true]);
  });

  it('fails with its last line of output, which its terminal shows', async () => {
    await writeFile(inFrontend('install.cjs'), `console.error('Error: the registry is away'); process.exit(7);`);
    await workbench.services.clickAction('frontend', 'Start');
    await becomes(/^Failed, Error: the registry is away \(setup step "install" failed with exit code 7\)/);
    await workbench.services.showTerminal('frontend');
    await workbench.terminals.waitForText(/the registry is away/);
    await workbench.screenshot('setup-failed');
  });

  it('leaves the service not started when the window reloads, and runs again at the next start', async () => {
    await writeFile(inFrontend('install.cjs'), install.replace('3000', '30000'));
    const before = (await installs()).length;
    await workbench.services.clickAction('frontend', 'Start');
    const first = await until('the install to begin', async () => (await installs())[before]);
    await workbench.reload();
    await workbench.services.open();
    await becomes(/^Not started/, 60_000);
    // Only the first has to be longer than the reload.
    await writeFile(inFrontend('install.cjs'), install);
    await workbench.services.clickAction('frontend', 'Start');
    const second = await until('another install', async () => (await installs())[before + 1], 60_000);
    assert.deepEqual([isAlive(first), isAlive(second)], [false, true]);
    await workbench.services.rowWhere('frontend', 'is healthy', isHealthy, 60_000);
  });
});
