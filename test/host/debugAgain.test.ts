/** A debugger that comes with a restart of the service, and one that follows a reloader. */
import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { askFor, backend, breakAt, debugRestarted, debugScene, pausedAnswer, timeoutMs, tsx } from './support/debugging';
import { freePort } from './support/server';
import { awaitSnapshot, configure, makeFile, snapshotOf, unique } from './support/services';

const usualPort = 9229;
const health = { http: '/health', interval: '100ms' };

describe('Debug of a process that is replaced', function () {
  this.timeout(timeoutMs);
  const scene = debugScene();

  it('restarts under the debugger where the inspector cannot open, and without it the next time', async () => {
    const [id, port] = [unique('api'), await freePort()];
    breakAt(await makeFile(join(scene.home, 'server.ts'), backend));
    const api = await configure({ [id]: { command: ['node', tsx(), 'server.ts', '${port}'], port, cwd: scene.home, health } });
    const holder = createServer().listen(usualPort, '127.0.0.1');
    try {
      const { pid } = await api.start(id);
      await debugRestarted(id);
      assert.notEqual((await snapshotOf(id)).pid, pid);
      const answer = await pausedAnswer(port, scene.sessions, async () => {
        const { health: seen } = await awaitSnapshot(id, ({ reason }) => reason === 'Paused in the debugger.');
        assert.equal(seen, 'healthy');
      });
      assert.match(answer.options, /--inspect=127\.0\.0\.1:0$/);
      assert.match(answer.inspector, /^ws:/);
      const supervised = await awaitSnapshot(id, ({ reason }) => reason === undefined);
      assert.deepEqual([supervised.lifecycle, supervised.health, supervised.restarts], ['running', 'healthy', 0]);
      const plain = await api.restart(id);
      assert.deepEqual([plain.lifecycle, plain.health], ['running', 'healthy']);
      const { options, inspector } = await askFor(port, '/health');
      assert.doesNotMatch(options, /inspect/);
      assert.equal(inspector, '');
      await scene.sessions.ended();
    } finally {
      holder.close();
    }
  });

  const reloaders = { 'node --watch': ['--watch'], 'tsx watch': [tsx(), 'watch'] };
  for (const [name, words] of Object.entries(reloaders)) {
    it(`follows ${name} to the next process, unless the user has ended the session`, () => follows(words));
  }

  async function follows(words: readonly string[]): Promise<void> {
    const [id, port] = [unique('api'), await freePort()];
    const file = await makeFile(join(scene.home, `${id}.mjs`), backend);
    breakAt(file);
    const api = await configure({ [id]: { command: ['node', ...words, `${id}.mjs`, '${port}'], port, cwd: scene.home, health } });
    await api.start(id);
    const reload = async (): Promise<void> => {
      const { pid } = await until('a response', () => askFor(port, '/health'));
      await appendFile(file, '// changed\n');
      await until('the next process', async () => (await askFor(port, '/health')).pid !== pid);
    };
    await vscode.commands.executeCommand('serviceLifecycle.debug', id);
    const first = await pausedAnswer(port, scene.sessions, () => Promise.resolve());
    await reload();
    const second = await pausedAnswer(port, scene.sessions, () => Promise.resolve());
    assert.notEqual(second.pid, first.pid);

    await scene.sessions.leave();
    const { begun } = scene.sessions;
    await reload();
    const over = Date.now() + 1500;
    await until('the time in which it would be attached', () => Date.now() > over);
    const { inspector } = await until('a response', () => askFor(port, '/health'));
    assert.deepEqual([scene.sessions.begun, inspector], [begun, '']);
    assert.equal((await snapshotOf(id)).restarts, 0);
  }
});
