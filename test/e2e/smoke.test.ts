/** The packaged extension in an otherwise empty VS Code: it installs, shows the sample's services, and runs them. */
import assert from 'node:assert/strict';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';

describe('the packaged extension', () => {
  let session: Session;
  let workbench: Workbench;

  before(async () => {
    session = await Session.start({ workspace: 'sample' });
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
    const health = await fetch('http://localhost:8000/health');
    assert.deepEqual(await health.json(), { status: 'healthy' });
    await workbench.services.clickAction('backend', 'Stop');
    await workbench.services.rowWhere('backend', 'is stopped', (row) => row.label.includes('Stopped'));
    await assert.rejects(fetch('http://localhost:8000/health'));
  });
});
