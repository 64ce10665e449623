/** The packaged extension in an otherwise empty VS Code: it installs, shows the services of a folder, and runs them. */
import assert from 'node:assert/strict';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { configFile } from './support/files';
import { freePorts } from './support/ports';

describe('the packaged extension', () => {
  let port: number;
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    [port = 0] = await freePorts(1);
    const services = {
      backend: { command: 'node server.js ${port}', cwd: 'backend', port, health: '/health' },
      frontend: { command: 'npm run dev', cwd: 'frontend' },
    };
    session = await Session.start({ workspace: 'sample', files: { [configFile]: { services } } });
    workbench = await session.open();
  });

  after(() => session.stop());

  it('shows the services of the folder', async () => {
    await workbench.services.open();
    await workbench.services.row('backend');
    assert.deepEqual(
      (await workbench.services.rows()).map((row) => row.name),
      ['backend', 'frontend'],
    );
  });

  it('starts a service by its button, and stops it', async () => {
    await workbench.services.clickAction('backend', 'Start');
    await workbench.services.rowWhere('backend', 'is healthy', (row) => row.label.includes('Healthy'));
    const health = await fetch(`http://localhost:${port}/health`);
    assert.equal(health.status, 200);
    await workbench.services.clickAction('backend', 'Stop');
    await workbench.services.rowWhere('backend', 'is stopped', (row) => row.label.includes('Stopped'));
    await assert.rejects(fetch(`http://localhost:${port}/health`));
  });
});
