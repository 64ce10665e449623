/** What VS Code itself pays for many task terminals: the part of a service's cost that no extension can avoid. */
import * as vscode from 'vscode';
import { until } from '../../support/poll';
import { pause } from '../time';
import type { Order, PlainTasksAnswer } from './order';
import { calm, together, watch } from './scale';

type PlainTasksOrder = Extract<Order, { kind: 'plainTasks' }>;

export async function plainTasks({ server, ports, seconds }: PlainTasksOrder): Promise<PlainTasksAnswer> {
  await pause(calm);
  const before = await watch(0, seconds);
  const running: vscode.TaskExecution[] = [];
  for (let at = 0; at < ports.length; at += together) {
    running.push(...(await Promise.all(ports.slice(at, at + together).map((port) => startPlainTask(server, port)))));
  }
  await pause(calm);
  const after = await watch(ports.length, seconds);
  for (const execution of running) execution.terminate();
  await until('the plain tasks to end', () => !vscode.tasks.taskExecutions.some((each) => running.includes(each)), 60_000);
  return [
    { ...before, stallAtStart: { passed: 0, used: 0 } },
    { ...after, stallAtStart: { passed: 0, used: 0 } },
  ];
}

export async function startPlainTask(server: string, port: number): Promise<vscode.TaskExecution> {
  const name = `plain ${port}`;
  const execution = new vscode.ProcessExecution('python3', ['-SE', server, String(port)]);
  const task = new vscode.Task({ type: 'process' }, vscode.TaskScope.Workspace, name, 'bench', execution, []);
  task.isBackground = true;
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Never, panel: vscode.TaskPanelKind.Dedicated };
  const started = new Promise<void>((resolve) => {
    const listener = vscode.tasks.onDidStartTaskProcess(({ execution: { task: each } }) => {
      if (each.name !== name) return;
      listener.dispose();
      resolve();
    });
  });
  const running = await vscode.tasks.executeTask(task);
  await started;
  return running;
}
