/** What other extensions rely on: the shape of the API and the commands. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { cleanUp, configure, theApi, unique } from './support/services';

const commands = [
  ...['start', 'stop', 'restart', 'startAll', 'stopAll', 'restartAll', 'restartBackend', 'restartFrontend'],
  ...['startGroup', 'stopGroup', 'restartGroup', 'groupBy', 'runCommand', 'debug'],
  ...['showTerminal', 'open', 'openConfig', 'showLog'],
];

describe('the contract', () => {
  afterEach(cleanUp);

  it('lists the services in the order of the file, with defaults', async () => {
    const [api, web, job] = [unique('api'), unique('web'), unique('job')];
    const lifecycle = await configure({
      [api]: { command: 'node api.js', role: 'backend', port: 8123, url: 'http://localhost:8123/docs' },
      [web]: { command: ['node', 'web.js'], role: 'frontend', port: 5123, health: '/' },
      [job]: { command: 'node job.js' },
    });
    const idle = { lifecycle: 'stopped', health: 'none', restarts: 0, groups: [] };
    assert.deepEqual(lifecycle.services(), [
      { ...idle, id: api, name: api, role: 'backend', port: 8123, url: 'http://localhost:8123/docs' },
      { ...idle, id: web, name: web, role: 'frontend', port: 5123, url: 'http://localhost:5123/' },
      { ...idle, id: job, name: job, role: 'other' },
    ]);
  });

  it('fires onDidChange with the snapshot of a new service in the file', async () => {
    const id = unique('late');
    const told = new Promise<string>((resolve) => {
      void theApi().then((api) => {
        const subscription = api.onDidChange((snapshot) => {
          if (snapshot.id !== id) return;
          subscription.dispose();
          resolve(snapshot.lifecycle);
        });
      });
    });
    await configure({ [id]: { command: 'node late.js' } });
    assert.equal(await told, 'stopped');
  });

  it('registers every command for running services', async () => {
    const registered = await vscode.commands.getCommands(true);
    const missing = commands.map((name) => `serviceLifecycle.${name}`).filter((id) => !registered.includes(id));
    assert.deepEqual(missing, []);
  });

  it('rejects for an unknown id', async () => {
    const api = await theApi();
    await assert.rejects(api.start('nobody'), /"nobody"/);
    await assert.rejects(api.stop('nobody'), /"nobody"/);
    await assert.rejects(api.restart('nobody'), /"nobody"/);
  });
});
