/** Debug with js-debug, which VS Code has, and a real backend under tsx: the process that serves is not the one that was started. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { itOn, posix } from '../support/systems';
import { until } from '../support/poll';
import { askFor, backend, breakAt, debugScene, pausedAnswer, timeoutMs, tsx } from './support/debugging';
import { freePort, server, serverFile } from './support/server';
import {
  awaitSnapshot,
  configUri,
  configure,
  folder,
  makeFile,
  record,
  removeFile,
  snapshotOf,
  unique,
} from './support/services';

describe('Debug', function () {
  this.timeout(timeoutMs * 2);
  const scene = debugScene();
  afterEach(() => removeFile(join('.vscode', 'launch.json')));

  // The twin is held by SIGSTOP.
  itOn(
    posix,
    'stops at a breakpoint of the process that serves; meanwhile the service stays healthy and is not restarted',
    async () => {
      const [id, twin] = [unique('api'), unique('twin')];
      const file = await makeFile(join(scene.home, 'server.ts'), backend);
      const [port, twinPort] = [await freePort(), await freePort()];
      const health = { http: '/health', interval: '100ms', timeout: '1s', failureThreshold: 2 };
      const same = { cwd: scene.home, watch: { paths: ['*.ts'], debounce: '100ms' }, restartUnhealthyAfter: '1s', health };
      const api = await configure({
        [id]: { command: ['node', tsx(), 'server.ts', '${port}'], port, ...same },
        [twin]: server(twinPort, { ...same, stopGracePeriod: 0 }),
      });
      await Promise.all([api.start(id), api.start(twin)]);
      const { pid } = await snapshotOf(id);
      const { pid: twinPid } = await snapshotOf(twin);
      breakAt(file);
      await vscode.commands.executeCommand('serviceLifecycle.debug', id);
      const answer = await pausedAnswer(port, scene.sessions, async () => {
        await awaitSnapshot(id, ({ reason }) => reason === 'Paused in the debugger.', timeoutMs);
        const history = await record(id);
        // The twin, which is held still by a signal, shows how long it was: it is unhealthy and restarted, then again after a change of files.
        assert.ok(twinPid, 'the twin is running');
        process.kill(twinPid, 'SIGSTOP');
        const restarted = await awaitSnapshot(twin, (now) => now.health === 'healthy' && now.pid !== twinPid, timeoutMs);
        await appendFile(file, '// changed\n');
        await awaitSnapshot(twin, (now) => now.health === 'healthy' && now.pid !== restarted.pid, timeoutMs);
        const paused = await snapshotOf(id);
        assert.deepEqual([paused.lifecycle, paused.health, paused.pid, paused.restarts], ['running', 'healthy', pid, 0]);
        assert.equal(paused.reason, 'Paused in the debugger.');
        assert.deepEqual(
          history.seen.filter(({ health: seen }) => seen !== 'healthy'),
          [],
        );
        history.stop();
      });
      assert.equal(answer.path, '/value');
      await awaitSnapshot(id, ({ reason }) => reason === undefined, timeoutMs);

      // A paused process reacts to no signal: the debugger leaves before, and the program ends itself.
      void askFor(port, '/value').catch(() => undefined);
      await awaitSnapshot(id, ({ reason }) => reason === 'Paused in the debugger.', timeoutMs);
      const stopped = await api.stop(id);
      assert.deepEqual([stopped.lifecycle, stopped.reason], ['stopped', undefined]);
      assert.ok(existsSync(join(folder(), scene.home, 'ended')), 'it was asked to exit');
      await scene.sessions.ended();
    },
  );

  it('starts the service, then the launch configuration or the compound that "debug" names, which ends before the service', async () => {
    const [single, both, inspector] = [unique('single'), unique('both'), await freePort()];
    const attach = (name: string) => ({ name, type: 'node', request: 'attach', address: '127.0.0.1', port: inspector });
    const configurations = [attach('Attach to it'), attach('Attach to it as well')];
    const compounds = [{ name: 'Both', configurations: configurations.map(({ name }) => name) }];
    await makeFile(join('.vscode', 'launch.json'), JSON.stringify({ version: '0.2.0', configurations, compounds }));
    const command = ['node', `--inspect=127.0.0.1:${inspector}`, serverFile(), '${port}'];
    const read = (): readonly unknown[] =>
      vscode.workspace.getConfiguration('launch', configUri()).get<readonly unknown[]>('compounds', []);
    await until('launch.json to be read', () => read().length === 1, timeoutMs);
    const api = await configure({
      [single]: server(await freePort(), { command, debug: 'Attach to it' }),
      [both]: server(await freePort(), { command, debug: 'Both' }),
      [unique('wrong')]: server(await freePort(), { command, debug: 'Bot' }),
    });
    const problems = (): readonly string[] => vscode.languages.getDiagnostics(configUri()).map(({ message }) => message);
    await until('the problem of the wrong name', () => problems().length > 0, timeoutMs);
    assert.deepEqual(problems(), ['No launch configuration is named "Bot": did you mean "Both"?']);
    for (const [id, names] of [
      [single, ['Attach to it']],
      [both, ['Attach to it', 'Attach to it as well']],
    ] as const) {
      await vscode.commands.executeCommand('serviceLifecycle.debug', id);
      assert.deepEqual((await snapshotOf(id)).health, 'healthy');
      await until('the sessions', () => names.every((name) => [...scene.sessions.open.values()].includes(name)), timeoutMs);
      const stopped = await api.stop(id);
      assert.deepEqual([stopped.lifecycle, stopped.reason], ['stopped', undefined]);
      await scene.sessions.ended();
    }
  });
});
