/** Hands tasks to VS Code and waits for their processes: what terminals of services and of setup steps have in common. */
import * as vscode from 'vscode';
import type { Disposable, ProcessTable } from '../../app/ports';
import type { StartedBy } from '../../core/lifecycle/state';
import type { LaunchFailure } from '../../core/model/failure';
import type { ProcessIdentity } from '../../core/model/process';
import { t } from '../../core/wording/l10n';
import { launchedProcess } from './launchedProcess';
import type { SaveGuard } from './saveGuard';
import { wait } from './wait';

/**
 * How long a task may take from being handed over to having a process. `executeTask` may never settle, for example when the window
 * that has to start the terminal does not respond; a start that waited for it would never end.
 */
const startTimeoutMs = 20_000;

export interface TaskProcess {
  readonly pid: number;
  readonly execution: vscode.TaskExecution;
}

export interface AwaitedProcess extends Disposable {
  /** Settles with undefined when there is no process within 20 s, however often the task is handed over meanwhile. */
  readonly process: Promise<TaskProcess | undefined>;
  readonly isOver: () => boolean;
}

export interface Refusal {
  readonly ok: false;
  readonly failure: LaunchFailure;
}

export class TaskRunner {
  /** Resolvers of the processes that are waited for, by the key of their task. */
  readonly #awaited = new Map<string, (process: TaskProcess) => void>();

  constructor(
    private readonly processes: ProcessTable,
    private readonly saveGuard: SaveGuard,
  ) {}

  /** Waits for the next process of a task, until it is disposed. One wait per key: a second replaces the first. */
  awaitProcess(key: string): AwaitedProcess {
    const started = new Promise<TaskProcess>((resolve) => this.#awaited.set(key, resolve));
    let isOver = false;
    const late = wait(startTimeoutMs).then(() => {
      isOver = true;
      return undefined;
    });
    return { process: Promise.race([started, late]), isOver: () => isOver, dispose: () => this.#awaited.delete(key) };
  }

  /** Reports a process of VS Code's event; false when nothing waits for it. */
  processStarted(key: string, process: TaskProcess): boolean {
    const resolve = this.#awaited.get(key);
    resolve?.(process);
    return resolve !== undefined;
  }

  /**
   * Executes the task and settles with its process, or with undefined when `process` does or when `over` settles first.
   * Editors stay guarded until there is a process: executeTask resolves before VS Code has saved anything (seen on 1.139.1).
   */
  async execute(
    task: vscode.Task,
    by: StartedBy,
    { process }: AwaitedProcess,
    over?: (execution: vscode.TaskExecution) => Promise<undefined>,
  ): Promise<TaskProcess | undefined> {
    return this.saveGuard.around(by, async () => {
      const ends = over ?? ((): Promise<undefined> => new Promise(() => undefined));
      return Promise.race([process, Promise.resolve(vscode.tasks.executeTask(task)).then(ends)]);
    });
  }

  /** See {@link launchedProcess}. */
  identityOf(pid: number): Promise<ProcessIdentity> {
    return launchedProcess(pid, this.processes);
  }
}

export const refusal = (detail: string): Refusal => ({ ok: false, failure: { kind: 'taskRefused', detail } });

export const noTerminal = (): Refusal => refusal(t('the editor could not start its terminal; the terminal says why'));

export const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
