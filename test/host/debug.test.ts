/** Debug with js-debug, which VS Code has, and a real backend under tsx: the process that serves is not the one that was started. */
import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { freePort, server, serverFile } from './support/server';
import {
  awaitSnapshot,
  cleanUp,
  configUri,
  configure,
  makeFile,
  record,
  removeFile,
  snapshotOf,
  unique,
} from './support/services';

const timeoutMs = 60_000;

const program = `import { createServer } from 'node:http';

interface Answer {
  readonly path: string;
}

createServer((request, response) => {
  const answer: Answer = { path: request.url ?? '' };
  response.end(JSON.stringify(answer));
}).listen(Number(process.argv[2]), '127.0.0.1');
`;

/** Where the answer of a request for /value is sent; the health check comes by as well. */
const line = program.split('\n').findIndex((text) => text.includes('response.end'));

const tsx = (): string => {
  const path = vscode.extensions.getExtension('service-lifecycle.service-lifecycle')?.extensionPath;
  assert.ok(path, 'the extension is there');
  return join(path, 'node_modules', 'tsx', 'dist', 'cli.mjs');
};

/** The session that is paused, with its thread. */
interface Pause {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
}

describe('Debug', function () {
  this.timeout(timeoutMs * 2);
  let home = '';
  let pauses: Pause[] = [];
  /** Sessions by their ids. */
  const open = new Map<string, string>();
  let observed: vscode.Disposable | undefined;

  beforeEach(() => {
    [home, pauses] = [unique('app'), []];
    const tracker = vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => ({
        onDidSendMessage: (message: { event?: string; body?: { threadId?: number } }) => {
          if (message.event === 'stopped') pauses.push({ session, threadId: message.body?.threadId ?? 0 });
        },
      }),
    });
    observed = vscode.Disposable.from(
      tracker,
      vscode.debug.onDidStartDebugSession(({ id, name }) => open.set(id, name)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => open.delete(id)),
    );
  });

  afterEach(async () => {
    observed?.dispose();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
    await cleanUp();
    await removeFile(home);
    await removeFile(join('.vscode', 'launch.json'));
  });

  it('stops at a breakpoint of the process that serves; meanwhile the service stays healthy and is not restarted', async () => {
    const [id, twin] = [unique('api'), unique('twin')];
    const file = await makeFile(join(home, 'server.ts'), program);
    const [port, twinPort] = [await freePort(), await freePort()];
    const health = { http: '/health', interval: '100ms', timeout: '2s', failureThreshold: 2 };
    const same = { cwd: home, watch: ['*.ts'], restartUnhealthyAfter: '1s', health };
    const api = await configure({
      [id]: { command: ['node', tsx(), 'server.ts', '${port}'], port, ...same },
      [twin]: server(twinPort, { ...same, stopGracePeriod: 0 }),
    });
    await Promise.all([api.start(id), api.start(twin)]);
    const { pid } = await snapshotOf(id);
    const { pid: twinPid } = await snapshotOf(twin);
    const breakpoint = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
    vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(breakpoint, true, 'request.url === "/value"')]);
    await vscode.commands.executeCommand('serviceLifecycle.debug', id);
    const values: string[] = [];
    let pending = 0;
    const ask = async (): Promise<void> => {
      pending += 1;
      const response = await fetch(`http://127.0.0.1:${port}/value`, { headers: { connection: 'close' } }).catch(() => undefined);
      if (response !== undefined) values.push(await response.text().catch(() => 'cut off'));
      pending -= 1;
    };
    // A breakpoint is bound some time after the session has begun.
    await until('the breakpoint', () => (void ask(), pauses.length > 0), timeoutMs);
    await awaitSnapshot(id, ({ reason }) => reason === 'Paused in the debugger.', timeoutMs);
    const answered = values.length;
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

    let continued = 0;
    const goOn = async (): Promise<void> => {
      // Each of the requests is stopped.
      for (; continued < pauses.length; continued++) {
        const pause = pauses[continued];
        await pause?.session.customRequest('continue', { threadId: pause.threadId });
      }
    };
    await until('the response', async () => (await goOn(), values.length > answered), timeoutMs);
    assert.equal(values.at(-1), '{"path":"/value"}');
    await until('all requests', async () => (await goOn(), pending === 0), timeoutMs);
    await awaitSnapshot(id, ({ reason }) => reason === undefined, timeoutMs);

    // A paused process reacts to no signal: the debugger leaves before, and nothing has to be killed.
    void ask();
    await awaitSnapshot(id, ({ reason }) => reason === 'Paused in the debugger.', timeoutMs);
    const stopped = await api.stop(id);
    assert.deepEqual([stopped.lifecycle, stopped.reason], ['stopped', undefined]);
    // VS Code may go on naming one that has ended as the active one.
    await until('all sessions to end', () => open.size === 0, timeoutMs).catch((error: unknown) => {
      throw new Error(`There are ${[...open.values()].join(', ')}`, { cause: error });
    });
  });

  it('starts the service, then the launch configuration that "debug" names, which ends before the service', async () => {
    const id = unique('api');
    const [port, inspector] = [await freePort(), await freePort()];
    const configuration = { name: 'Attach to it', type: 'node', request: 'attach', address: '127.0.0.1', port: inspector };
    await makeFile(join('.vscode', 'launch.json'), JSON.stringify({ version: '0.2.0', configurations: [configuration] }));
    const command = ['node', `--inspect=127.0.0.1:${inspector}`, serverFile(), '${port}'];
    const api = await configure({ [id]: server(port, { command, debug: 'Attach to it' }) });
    const configurations = (): readonly unknown[] =>
      vscode.workspace.getConfiguration('launch', configUri()).get<readonly unknown[]>('configurations', []);
    await until('launch.json to be read', () => configurations().length === 1, timeoutMs);
    await vscode.commands.executeCommand('serviceLifecycle.debug', id);
    assert.deepEqual((await snapshotOf(id)).health, 'healthy');
    await until('the session', () => [...open.values()].includes('Attach to it'), timeoutMs);
    const stopped = await api.stop(id);
    assert.deepEqual([stopped.lifecycle, stopped.reason], ['stopped', undefined]);
    await until('all sessions to end', () => open.size === 0, timeoutMs);
  });
});
