/** Terminals of setup steps and one-off commands, separate from those of services so that their output is never mixed up. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable, ProcessTable, StepEnd, StepLaunch, StepTerminals, TerminalTap } from '../../app/ports';
import { runVariable } from '../../core/model/process';
import { OutputTail } from '../../core/output/outputTail';
import { reportsFirstRun } from './firstRunOutput';
import { OutputReader } from './outputReader';
import type { SaveGuard } from './saveGuard';
import { executionOf, inBackground, scopeOf, taskSource } from './task';
import { TaskRunner, errorText, noTerminal, refusal } from './taskRunner';
import type { Refusal, TaskProcess } from './taskRunner';
import { TerminalRegistry } from './terminalRegistry';
import { wait } from './wait';

/**
 * Not declared in package.json: users never write such a task, and VS Code keeps all keys of a type that it does not know. The marker makes
 * every execution a task of its own, which cannot join one whose end was not reported yet.
 */
const taskType = 'serviceSetup';

/** Output of a step may arrive this long after its end; it is polled for. */
const lateOutputTimeoutMs = 1000;
const lateOutputPollMs = 50;

type Launched = Awaited<ReturnType<StepTerminals['launch']>>;

/** One execution of a step, from being handed over to its end. */
class StepExecution {
  readonly output = new OutputTail();
  readonly end: Promise<StepEnd>;
  #resolveEnd: (end: StepEnd) => void = () => undefined;

  constructor(readonly whenDone: StepLaunch['whenDone']) {
    this.end = new Promise<StepEnd>((resolve) => (this.#resolveEnd = resolve));
  }

  /** Only the first report counts. */
  ended(end: StepEnd): void {
    this.#resolveEnd(end);
  }

  /** The last lines of output, oldest first; waits up to 1 s for the first one. */
  async lines(): Promise<readonly string[]> {
    for (let waited = 0; waited < lateOutputTimeoutMs && this.output.lines().length === 0; waited += lateOutputPollMs) {
      await wait(lateOutputPollMs);
    }
    return this.output.lines();
  }
}

export class SetupTerminals implements StepTerminals, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #registry = this.#lifetime.add(
    new TerminalRegistry((marker) => this.#executions.get(marker)?.ended({ kind: 'closed' })),
  );
  /** By marker: the latest execution of each step. */
  readonly #executions = new Map<string, StepExecution>();
  /** By key: its marker. */
  readonly #latest = new Map<string, string>();
  readonly #runner: TaskRunner;

  constructor(processes: ProcessTable, tap: Pick<TerminalTap, 'renew'>, saveGuard: SaveGuard) {
    this.#runner = new TaskRunner(processes, saveGuard);
    const own = <T extends Disposable>(disposable: T): T => this.#lifetime.add(disposable);
    own(
      new OutputReader({
        ownerOf: (terminal) => this.#registry.ownerOf(terminal),
        wrote: (marker, chunk) => this.#executions.get(marker)?.output.append(chunk),
        // A step ends, and all its output arrives with its end.
        renew: () => Promise.resolve(false),
        look: () => undefined,
      }),
    );
    own(
      vscode.tasks.onDidStartTaskProcess(({ execution, processId }) => {
        const marker = markerOf(execution);
        if (marker === undefined) return;
        if (!reportsFirstRun) void tap.renew(processId);
        this.#runner.processStarted(marker, { pid: processId, execution });
      }),
    );
    own(vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => this.#ended(markerOf(execution) ?? '', exitCode)));
  }

  async launch(request: StepLaunch): Promise<Launched> {
    const { marker, by, key } = request;
    const execution = this.#expect(request);
    const awaited = this.#runner.awaitProcess(marker);
    try {
      const process = await this.#runner.execute(stepTask(request), by, awaited);
      return process === undefined ? this.#refused(key, noTerminal()) : await this.#launched(request, execution, process);
    } catch (error) {
      return this.#refused(key, refusal(errorText(error)));
    } finally {
      awaited.dispose();
    }
  }

  show(key: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    const terminal = this.#registry.terminalOfService(key);
    terminal?.show(focus === 'keepFocus');
    return terminal !== undefined || this.#showWhenFound(key, focus);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** A command is shown as soon as it has a process, and its terminal is found by that a moment later. */
  #showWhenFound(key: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    const marker = this.#registry.runOf(key) ?? '';
    if (this.#executions.get(marker)?.whenDone !== 'keep') return false;
    this.#registry.whenFound(marker, (terminal) => terminal.show(focus === 'keepFocus'));
    return true;
  }

  #expect({ key, marker, whenDone }: StepLaunch): StepExecution {
    const execution = new StepExecution(whenDone);
    this.#executions.delete(this.#latest.get(key) ?? '');
    this.#latest.set(key, marker);
    this.#executions.set(marker, execution);
    this.#registry.expect(key);
    return execution;
  }

  async #launched({ key, marker }: StepLaunch, step: StepExecution, { pid, execution }: TaskProcess): Promise<Launched> {
    const before = this.#registry.terminalOfService(key);
    this.#registry.bind({ run: marker, service: key, pid, execution, origin: 'launched', isAwaited: false });
    // The terminal of the failed step before it closes now and not sooner, because the panel closes with its last terminal.
    before?.dispose();
    return { ok: true, process: await this.#runner.identityOf(pid), end: step.end, lines: () => step.lines() };
  }

  /**
   * Without a code the step was terminated: a moment later VS Code reports whether the user closed its terminal. The terminal of a
   * success closes, unless it is to be kept; that of a failure stays, to be read.
   */
  #ended(marker: string, exitCode: number | undefined): void {
    const execution = this.#executions.get(marker);
    if (execution === undefined || exitCode === undefined) return;
    execution.ended({ kind: 'exited', exitCode });
    if (exitCode === 0 && execution.whenDone === 'close') this.#registry.whenFound(marker, (terminal) => terminal.dispose());
  }

  #refused(key: string, why: Refusal): Refusal {
    this.#registry.forget(key);
    return why;
  }
}

/** Undefined for the task of anything else. */
const markerOf = ({ task: { definition } }: vscode.TaskExecution): string | undefined =>
  definition.type === taskType && typeof definition['marker'] === 'string' ? definition['marker'] : undefined;

function stepTask({ spec, step, marker }: StepLaunch): vscode.Task {
  const { cwd, env } = step.launch;
  const execution = executionOf(step.launch, { cwd, env: { ...env, [runVariable]: marker } });
  const definition = { type: taskType, marker };
  const task = new vscode.Task(definition, scopeOf(spec), `${spec.key}: ${step.name}`, taskSource, execution, []);
  task.presentationOptions = inBackground;
  return task;
}
