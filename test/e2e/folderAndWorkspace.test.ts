/** One folder that is open as a folder in one tab and as a workspace file in another: two windows, one truth. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { answeringPid, holdsFor, onlyProcess, processesLike } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

const server = /^\S*node server\.js \d+$/;
const workspaceFile = 'shop.code-workspace';

describe('a folder and a workspace file of it', () => {
  let port: number;
  let session: Session;
  let folder: Workbench;
  let workspace: Workbench;

  before(async () => {
    [port = 0] = await freePorts(1);
    const services = { api: { command: ['node', 'server.js', '${port}'], port, health: '/health', restart: 'on-failure' } };
    const files = {
      'server.js': fixture('server.js'),
      [configFile]: { services },
      [workspaceFile]: { folders: [{ path: '.' }] },
    };
    session = await Session.start({ files });
    folder = await session.open();
    await openView(folder);
    workspace = await session.open({ workspaceFile: join(session.workspace, workspaceFile) });
    await openView(workspace);
  });

  after(stopSessions);

  /** VS Code may take the workspace file for an empty one while its connection is made (seen once): the window is loaded again then. */
  const openView = async (workbench: Workbench): Promise<void> => {
    const hasRow = async (): Promise<boolean> => {
      await workbench.services.open();
      return workbench.services
        .rowWhere('api', 'is shown', () => true, 20_000)
        .then(
          () => true,
          () => false,
        );
    };
    const isShown = async (): Promise<boolean> => (await hasRow()) || workbench.reload().then(() => false);
    await until('the service of the folder', isShown, 60_000);
  };

  const both = async (pattern: RegExp): Promise<readonly ServiceRow[]> => {
    const shows = ({ state }: ServiceRow): boolean => pattern.test(state);
    const what = `shows ${String(pattern)}`;
    return Promise.all([folder, workspace].map(({ services }) => services.rowWhere('api', what, shows, 60_000)));
  };

  it('show the same process, whichever of them starts it', async () => {
    await folder.page.bringToFront();
    await folder.services.clickAction('api', 'Start');
    await both(/^Healthy/);
    assert.equal(await answeringPid(port), await onlyProcess(session, server));
  });

  it('restart it from the other one, and take that for no failure', async () => {
    const before = await answeringPid(port);
    await workspace.page.bringToFront();
    await workspace.services.clickAction('api', 'Restart');
    await until('another process', async () => (await answeringPid(port)) !== before);
    await both(/^Healthy/);
    await holdsFor(2000, async () => {
      for (const { services } of [folder, workspace]) assert.match((await services.row('api')).state, /^Healthy/);
      assert.equal(processesLike(session, server).length, 1);
    });
  });

  it('go on with it when the window of the folder is closed, and stop it for good', async () => {
    const pid = await answeringPid(port);
    await folder.close();
    await workspace.services.rowWhere('api', 'is healthy', ({ state }) => state.startsWith('Healthy'), 60_000);
    assert.equal(await answeringPid(port), pid);
    await workspace.services.clickAction('api', 'Stop');
    await workspace.services.rowWhere('api', 'is stopped', ({ state }) => state.startsWith('Stopped'));
    await holdsFor(2000, () => assert.deepEqual(processesLike(session, server), []));
  });
});
