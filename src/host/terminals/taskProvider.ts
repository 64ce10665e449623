/** Makes services usable from tasks.json and launch.json: such a task starts the service, and ends when it is ready. */
import * as vscode from 'vscode';
import type { Ledger, ProcessTable } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import type { ServiceSnapshot } from '../../core/snapshot/snapshot';
import { openTerminals } from './openTerminals';
import { scopeOf, serviceOf, taskSource, taskType, terminalOf, terminalTask } from './task';
import type { ServiceTaskDefinition } from './task';

export interface ServiceStarter {
  /** Settles when the configuration was read for the first time. */
  ready(): Promise<void>;
  specs(): readonly ServiceSpec[];
  start(id: string): Promise<ServiceSnapshot>;
}

/** How long a reconnected terminal may take to appear; after that its task is ignored. */
const terminalTimeoutMs = 2500;

export class ServiceTaskProvider implements vscode.TaskProvider {
  constructor(
    private readonly starter: ServiceStarter,
    private readonly ledger: Ledger,
    private readonly processes: ProcessTable,
  ) {}

  async provideTasks(): Promise<vscode.Task[]> {
    await this.starter.ready();
    return this.starter.specs().map((spec) => this.#starterTask(spec, { type: taskType, service: spec.id }));
  }

  async resolveTask(task: vscode.Task): Promise<vscode.Task | undefined> {
    await this.starter.ready();
    const service = serviceOf(task.definition);
    const spec = this.starter.specs().find(({ id }) => id === service);
    if (spec === undefined || service === undefined) return undefined;
    if (terminalOf(task) !== undefined) return this.#reconnect(spec);
    // VS Code insists on the very same definition object.
    return this.#starterTask(spec, task.definition as ServiceTaskDefinition);
  }

  /**
   * After a reload VS Code asks for every task it remembers, and runs those again that have no live terminal, also what was
   * stopped or had crashed before (seen on 1.139.1). So only a task whose own process lives, in a terminal of this window, is resolved.
   */
  async #reconnect(spec: ServiceSpec): Promise<vscode.Task | undefined> {
    const entry = this.ledger.read(spec.folder, spec.key);
    if (entry === undefined || !this.processes.isAlive(entry.process)) return undefined;
    if (!(await hasTerminal(entry.process.pid))) return undefined;
    return terminalTask(spec, entry.run, { command: spec.command, cwd: entry.cwd, env: {} }, entry.by);
  }

  #starterTask(spec: ServiceSpec, definition: ServiceTaskDefinition): vscode.Task {
    const execution = new vscode.CustomExecution(() => Promise.resolve(startingTerminal(spec, this.starter)));
    const task = new vscode.Task(definition, scopeOf(spec), spec.key, taskSource, execution, []);
    task.detail = t('Start {0} and wait until it is ready', spec.key);
    task.presentationOptions = { reveal: vscode.TaskRevealKind.Never, panel: vscode.TaskPanelKind.Shared, close: true };
    return task;
  }
}

/** A terminal that only reports the progress of a start: exit code 0 when the service is ready, 1 with the reason when it is not. */
function startingTerminal(spec: ServiceSpec, starter: ServiceStarter): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>();
  const closed = new vscode.EventEmitter<number>();
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    open: () => {
      written.fire(`${t('Starting {0} in its own terminal…', spec.key)}\r\n`);
      void starter.start(spec.id).then((snapshot) => {
        const isUp = snapshot.lifecycle === 'running' || snapshot.lifecycle === 'external' || snapshot.exitCode === 0;
        written.fire(`${isUp ? t('Ready') : t('Not started: {0}', snapshot.reason ?? snapshot.lifecycle)}\r\n`);
        closed.fire(isUp ? 0 : 1);
      });
    },
    close: () => {
      written.dispose();
      closed.dispose();
    },
  };
}

async function hasTerminal(pid: number): Promise<boolean> {
  const until = performance.now() + terminalTimeoutMs;
  while (performance.now() < until) {
    if ((await openTerminals()).some((terminal) => terminal.pid === pid)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}
