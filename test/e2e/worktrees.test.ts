/** Two worktrees of one repository, each in a window: both run at once, the second one on a port of its own. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, isHealthy } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

describe('two worktrees of one repository', () => {
  let port: number;
  let session: Session;
  let other: string;

  before(async () => {
    [port = 0] = await freePorts(1);
    const api = { command: ['node', 'server.js', String(port)], port, health: '/health' };
    session = await Session.start({ files: { 'server.js': fixture('server.js'), [configFile]: { services: { api } } } });
    other = join(session.dataFolder, '..', 'worktree');
    const git = (...words: readonly string[]): void =>
      void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.test', ...words], { cwd: session.workspace });
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    git('worktree', 'add', '--quiet', '-b', 'feature', other);
  });

  after(stopSessions);

  const opened = async (folder: string): Promise<Workbench> => {
    const workbench = await session.open({ folder });
    await workbench.services.open();
    await workbench.services.row('api');
    return workbench;
  };

  const healthy = (workbench: Workbench): Promise<ServiceRow> =>
    workbench.services.rowWhere('api', 'is healthy', isHealthy, 60_000);

  it('run at once after "Use Free Port"', async () => {
    const first = await opened(session.workspace);
    await first.services.clickAction('api', 'Start');
    await healthy(first);
    const pid = await answeringPid(port);
    const second = await opened(other);
    await second.services.clickAction('api', 'Start');
    await second.notifications.click(/api needs port \d+, which is in use by/, 'Use Free Port');
    const row = await healthy(second);
    const chosen = Number(/:(\d+)/.exec(row.description)?.[1]);
    assert.ok(chosen >= 23_400 && chosen <= 23_999, row.description);
    const { services } = JSON.parse(readFileSync(join(other, configFile), 'utf8')) as { services: { api: unknown } };
    assert.deepEqual(services.api, { command: ['node', 'server.js', '${port}'], port: 'auto', health: '/health' });
    assert.deepEqual([await answeringPid(port), isHealthy(await first.services.row('api'))], [pid, true]);
    assert.notEqual(await answeringPid(chosen), pid);
  });
});
