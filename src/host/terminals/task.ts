/** The task of a service: its definition, and how it is shown. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Launch } from '../../app/ports';
import { planOf } from '../../core/compose/followPlan';
import type { FollowPlan } from '../../core/compose/followPlan';
import type { RequestedBy } from '../../core/model/actor';
import { batchLine, isBatchFile } from '../../core/shells/batchLine';
import { runVariable } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';

export const taskType = 'service';
export const taskSource = 'service';

/**
 * `{ type, service }` is what tasks.json and launch.json write: "start it, and wait until it is ready". The task that
 * really holds the service's process carries `terminal` as well, so that VS Code never takes one for the other.
 */
export interface ServiceTaskDefinition extends vscode.TaskDefinition {
  readonly type: typeof taskType;
  readonly service: string;
  readonly terminal?: true;
}

/** The service whose process a task holds, or undefined for any other task. */
export function terminalOf({ definition }: vscode.Task): string | undefined {
  return definition.type === taskType && definition['terminal'] === true ? serviceOf(definition) : undefined;
}

export const serviceOf = (definition: vscode.TaskDefinition): string | undefined =>
  typeof definition['service'] === 'string' ? definition['service'] : undefined;

/** A terminal of its own, which is shown on request. */
export const inBackground: vscode.TaskPresentationOptions = {
  // Silent pops the panel up on a non-zero exit (seen on 1.139.1); when to show it is our setting's business.
  reveal: vscode.TaskRevealKind.Never,
  focus: false,
  panel: vscode.TaskPanelKind.Dedicated,
  showReuseMessage: false,
  clear: false,
  // With `close` VS Code reports every failure in a notification of its own, as "failed to launch" (seen on 1.139.1).
  close: false,
  echo: true,
};

export function terminalTask(spec: ServiceSpec, run: string, launch: Launch, by: RequestedBy = 'user'): vscode.Task {
  const definition: ServiceTaskDefinition = { type: taskType, service: spec.id, terminal: true };
  const options = { cwd: launch.cwd, env: { ...launch.env, [runVariable]: run } };
  const plan = planOf(spec, launch.command, by === 'found' ? 'attach' : 'start');
  const execution = plan === undefined ? executionOf(launch, options) : followerOf(plan, options);
  const task = new vscode.Task(definition, scopeOf(spec), spec.key, taskSource, execution, []);
  task.isBackground = true;
  // What follows a container prints the commands that it runs itself.
  task.presentationOptions = plan === undefined ? inBackground : { ...inBackground, echo: false };
  // Passed through to the task system although the API does not type it: a second execution never asks which to end.
  task.runOptions = { instanceLimit: 1, instancePolicy: 'silent' } as vscode.RunOptions;
  return task;
}

type ExecutionOptions = NonNullable<ConstructorParameters<typeof vscode.ProcessExecution>[2]>;

/** Not yet run on Windows: that VS Code hands the line of a batch file to cmd as it is, behind the arguments. */
export function executionOf({ command }: Launch, options: ExecutionOptions): vscode.ShellExecution | vscode.ProcessExecution {
  if (typeof command === 'string') return new vscode.ShellExecution(command, options);
  const [program = '', ...args] = command;
  if (process.platform !== 'win32' || !isBatchFile(program)) return new vscode.ProcessExecution(program, args, options);
  const executable = process.env['ComSpec'] ?? 'cmd.exe';
  return new vscode.ShellExecution(batchLine(program, args), { ...options, executable, shellArgs: ['/d', '/s', '/c'] });
}

/** The program of VS Code itself, which becomes Node by this variable on the desktop. The bundle is beside the one that this is part of. */
function followerOf(plan: FollowPlan, options: ExecutionOptions): vscode.ProcessExecution {
  const env = { ...options.env, ELECTRON_RUN_AS_NODE: '1' };
  const args = [join(__dirname, 'compose', 'follower.js'), JSON.stringify(plan)];
  return new vscode.ProcessExecution(process.execPath, args, { ...options, env });
}

/** A folder scope makes VS Code reconnect the task after a reload; `TaskScope.Workspace` would mean the first folder. */
export const scopeOf = (spec: ServiceSpec): vscode.WorkspaceFolder | vscode.TaskScope =>
  vscode.workspace.getWorkspaceFolder(vscode.Uri.file(spec.folder)) ?? vscode.TaskScope.Workspace;
