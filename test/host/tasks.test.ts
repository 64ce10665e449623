/** Services in tasks.json and launch.json: such a task starts the service, and ends when it is ready. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from '../support/poll';
import { about, freePort, server } from './support/server';
import { cleanUp, configure, executionOf, makeFile, removeFile, snapshotOf, unique } from './support/services';

/** Returns the exit code of the task. */
async function outcomeOf(task: vscode.Task): Promise<number | undefined> {
  let subscription: vscode.Disposable | undefined;
  const ended = new Promise<number | undefined>((resolve) => {
    subscription = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const { definition, name } = execution.task;
      const isIt =
        name === task.name && definition['service'] === task.definition['service'] && definition['terminal'] === undefined;
      if (isIt) resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  const exitCode = await ended;
  subscription?.dispose();
  return exitCode;
}

async function provided(id: string): Promise<vscode.Task> {
  const tasks = await vscode.tasks.fetchTasks({ type: 'service' });
  const task = tasks.find(({ definition }) => definition['service'] === id);
  assert.ok(task, `there is a task for ${id}`);
  return task;
}

describe('tasks of type service', () => {
  let id: string;
  let port: number;

  beforeEach(async () => {
    id = unique('web');
    port = await freePort();
  });

  afterEach(async () => {
    await cleanUp();
    await removeFile('.vscode/tasks.json');
  });

  it('are provided, one per service', async () => {
    const other = unique('job');
    await configure({ [id]: server(port), [other]: { command: 'npm start' } });
    const tasks = await vscode.tasks.fetchTasks({ type: 'service' });
    assert.deepEqual(
      tasks.map(({ definition, name }) => ({ ...definition, name })),
      [
        { type: 'service', service: id, name: id },
        { type: 'service', service: other, name: other },
      ],
    );
  });

  it('end with code 0 when the service is ready, which keeps running in its own terminal', async () => {
    await configure({ [id]: server(port, { env: { READY_AFTER: '200' } }) });
    assert.equal(await outcomeOf(await provided(id)), 0);
    const { health, pid } = await snapshotOf(id);
    assert.equal(health, 'healthy');
    assert.equal((await about(port)).pid, pid);
    assert.ok(executionOf(id), 'the service goes on');
  });

  it('end with code 0 when the service is already running, and start no second one', async () => {
    const api = await configure({ [id]: server(port) });
    const { pid } = await api.start(id);
    assert.equal(await outcomeOf(await provided(id)), 0);
    assert.equal((await snapshotOf(id)).pid, pid);
    assert.equal((await about(port)).pid, pid);
  });

  it('end with code 1 when the service fails', async () => {
    await configure({ [id]: server(port, { command: ['node', '-e', 'process.exit(4)'] }) });
    assert.equal(await outcomeOf(await provided(id)), 1);
    assert.deepEqual([(await snapshotOf(id)).lifecycle, (await snapshotOf(id)).exitCode], ['failed', 4]);
  });

  it('may be referenced in tasks.json', async () => {
    await configure({ [id]: server(port) });
    const label = unique('up');
    await makeFile('.vscode/tasks.json', JSON.stringify({ version: '2.0.0', tasks: [{ label, type: 'service', service: id }] }));
    const task = await until('the task of tasks.json', async () =>
      (await vscode.tasks.fetchTasks()).find(({ name }) => name === label),
    );
    assert.equal(await outcomeOf(task), 0);
    assert.equal((await snapshotOf(id)).health, 'healthy');
  });
});
