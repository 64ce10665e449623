/** Dedicated task terminals: one per service, never shared, never taken over. */
import * as vscode from 'vscode';
import { Lifetime, Slot } from '../../app/lifetime';
import type { Disposable, LaunchRequest, Log, ProcessTable, TerminalListener, Terminals, TerminalTap } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity, Reading } from '../../core/model/process';
import { unavailable } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import { canReadFirstRun, reportsFirstRun } from './firstRunOutput';
import { KeptTerminals } from './keptTerminals';
import { OutputReader } from './outputReader';
import type { SaveGuard } from './saveGuard';
import { terminalOf, terminalTask } from './task';
import { TaskRunner, errorText, noTerminal, refusal } from './taskRunner';
import type { AwaitedProcess, Refusal, TaskProcess } from './taskRunner';
import { TerminalRegistry } from './terminalRegistry';
import { wait } from './wait';

/** VS Code reports the end of a task about 0.3 s after its process (seen on 1.139.1). */
const endReportTimeoutMs = 4000;
/** After a reload, terminals come back one by one; one that is missing after this time is lost. */
const reconnectTimeoutMs = 10_000;

/** How often a start that joined an old task is repeated, and the pause between two attempts. */
const maxJoinedAttempts = 6;
const joinedPauseMs = 300;

const controlKeys = { C: '\u0003', Q: '\u0011' };

type LaunchResult = Awaited<ReturnType<Terminals['launch']>>;

interface TerminalTools {
  readonly processes: ProcessTable;
  /** The run that a process was started for, as far as the system shows it. */
  readonly runOf: (pid: number) => Reading<string | undefined>;
  readonly tap: TerminalTap;
  readonly log: Log;
}

export class TaskTerminals implements Terminals, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #registry = this.#lifetime.add(new TerminalRegistry((run) => this.#notify((listener) => listener.closed(run))));
  readonly #ending = new Set<() => void>();
  /** Exit codes of executions that were over before they were bound to a run. */
  readonly #early = new WeakMap<vscode.TaskExecution, { readonly exitCode: number | undefined }>();
  readonly #kept = new KeptTerminals();
  readonly #listeners = new Set<TerminalListener>();
  readonly #reader: OutputReader;
  readonly #runner: TaskRunner;

  constructor(
    private readonly tools: TerminalTools,
    saveGuard: SaveGuard,
    private readonly unexpected: (service: string, pid: number, execution: vscode.TaskExecution) => void,
  ) {
    this.#runner = new TaskRunner(tools.processes, saveGuard);
    this.#reader = this.#lifetime.add(
      new OutputReader({
        ownerOf: (terminal) => this.#registry.ownerOf(terminal),
        wrote: (run, chunk) => {
          this.#kept.keep(run, this.#registry.terminalOfRun(run));
          this.#notify((listener) => listener.wrote(run, chunk));
        },
        renew: (terminal) => this.#renew(terminal),
        look: (terminal) => {
          const pid = this.#registry.pidOf(terminal);
          return pid === undefined ? undefined : tools.tap.look(pid);
        },
      }),
    );
    this.#lifetime.add(vscode.tasks.onDidStartTaskProcess((event) => this.#processStarted(event)));
    this.#lifetime.add(vscode.tasks.onDidEndTaskProcess((event) => this.#ended(event.execution, event.exitCode)));
    this.#lifetime.add(vscode.tasks.onDidEndTask((event) => this.#taskEnded(event.execution)));
  }

  listen(listener: TerminalListener): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async launch(request: LaunchRequest): Promise<LaunchResult> {
    const { spec, run } = request;
    await this.#previousEnd(spec.id);
    // After a crash of the extension host no event reports the end of the old task; started too early, the new task joins it
    // and ends with it. Then it is started again.
    const attempts = this.#registry.mayStillBeActive(spec.id) ? maxJoinedAttempts : 1;
    const task = terminalTask(spec, run, request.launch, request.by);
    this.#registry.expect(spec.id);
    try {
      const first = await this.#start(task, request, attempts);
      const isStray = first !== undefined && !(await this.#isOfRun(first.pid, run));
      const process = isStray ? await this.#startAgain(first, task, request) : first;
      if (process !== undefined) return await this.#launched(request, process);
      return this.#refused(spec.id, noTerminal());
    } catch (error) {
      return this.#refused(spec.id, refusal(errorText(error)));
    }
  }

  /** Settles with undefined when no try led to a process. */
  async #start(task: vscode.Task, request: LaunchRequest, attempts: number): Promise<TaskProcess | undefined> {
    // One wait for all tries: when the old task ends just after the new one was handed over, VS Code starts it all the same, and its
    // process comes between two tries. Taken for a copy and terminated, it would take the next try with it.
    const started = this.#runner.awaitProcess(request.spec.id);
    try {
      for (let left = attempts; left > 0 && !started.isOver(); left -= 1) {
        const process = (await this.#execute(task, request, started)) ?? (await within(started.process, joinedPauseMs));
        if (process !== undefined) return process;
      }
      return undefined;
    } finally {
      started.dispose();
    }
  }

  /**
   * Soon after a reload VS Code may give a start a terminal that it has not reconnected yet, because its last task was this one, and with
   * it an idle shell instead of the command (seen on 1.139.1 with more than ten services).
   */
  async #startAgain(stray: TaskProcess, task: vscode.Task, request: LaunchRequest): Promise<TaskProcess | undefined> {
    this.tools.log.warn(
      `${request.spec.id}: the editor started pid ${stray.pid} in its place; it is ended, and the service started again.`,
    );
    stray.execution.terminate();
    await Promise.race([this.#endOf(stray.execution), wait(endReportTimeoutMs)]);
    return this.#start(task, request, 1);
  }

  /** False only when the process is surely another one: where environments cannot be read it is taken for the run's. */
  async #isOfRun(pid: number, run: string): Promise<boolean> {
    for (let looks = 0; looks < 3; looks += 1) {
      const found = this.tools.runOf(pid);
      if (found.kind === 'unavailable' || found.value === run) return true;
      // Before its exec a process shows the environment of its parent.
      await wait(50);
    }
    return false;
  }

  /** Settles with undefined when the execution ended before it had a process. */
  #execute(task: vscode.Task, { by }: LaunchRequest, started: AwaitedProcess): Promise<TaskProcess | undefined> {
    return this.#runner.execute(task, by, started, (execution) => this.#endOf(execution));
  }

  async #launched({ spec, run }: LaunchRequest, { pid, execution }: TaskProcess): Promise<LaunchResult> {
    const process = await this.#runner.identityOf(pid);
    const isFirst = this.#registry.terminalOfService(spec.id) === undefined;
    this.#registry.bind({ run, service: spec.id, pid, execution, origin: 'launched', isAwaited: spec.readyLine !== undefined });
    const early = this.#early.get(execution);
    if (early !== undefined) this.#ended(execution, early.exitCode);
    if (!vscode.tasks.taskExecutions.includes(execution)) this.#taskEnded(execution);
    return { ok: true, process, ...(isFirst && !canReadFirstRun ? { output: 'unread' } : {}) };
  }

  /** True when this process is the one that the service is known by; then its task reports the end. */
  reconnect(service: string, pid: number, execution: vscode.TaskExecution): boolean {
    return this.#registry.reconnected(service, pid, execution);
  }

  attach({ id, readyLine }: ServiceSpec, run: string, process: ProcessIdentity): void {
    const execution = vscode.tasks.taskExecutions.find(({ task }) => terminalOf(task) === id);
    this.#registry.bind({ run, service: id, pid: process.pid, execution, origin: 'adopted', isAwaited: readyLine !== undefined });
    const slot = this.#lifetime.add(new Slot());
    const timer = setTimeout(() => {
      slot.dispose();
      if (this.#registry.isBound(run) && !this.#registry.hasTerminal(run)) this.#notify((listener) => listener.lost(run));
    }, reconnectTimeoutMs);
    slot.set({ dispose: () => clearTimeout(timer) });
    this.#registry.whenFound(run, (terminal) => {
      this.#notify((listener) => listener.found(run));
      void this.#renew(terminal);
    });
  }

  typeControl(run: string, key: 'C' | 'Q'): boolean {
    const terminal = this.#registry.terminalOfRun(run);
    terminal?.sendText(controlKeys[key], false);
    return terminal !== undefined;
  }

  typeAnswer(run: string, letter: string): boolean {
    const terminal = this.#registry.terminalOfRun(run);
    terminal?.sendText(letter, true);
    return terminal !== undefined;
  }

  blockedSince(run: string): Reading<number | undefined> {
    const terminal = this.#registry.terminalOfRun(run);
    const reading = terminal === undefined ? undefined : this.#reader.blockedSince(terminal);
    return reading ?? unavailable(t('Whether its terminal takes output is not known.'));
  }

  /** Whether the terminal of the run is in this window. */
  has(run: string): boolean {
    return this.#registry.hasTerminal(run);
  }

  show(serviceId: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    const terminal = this.#registry.terminalOfService(serviceId);
    terminal?.show(focus === 'keepFocus');
    return terminal !== undefined;
  }

  /** Closes the terminal of a service that is not known any more, as soon as it is there. */
  close(serviceId: string): void {
    const run = this.#registry.runOf(serviceId);
    if (run === undefined) return;
    this.#registry.whenFound(run, (terminal) => {
      this.#registry.drop(serviceId);
      terminal.dispose();
    });
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #notify(call: (listener: TerminalListener) => void): void {
    for (const listener of this.#listeners) call(listener);
  }

  async #renew(terminal: vscode.Terminal): Promise<boolean> {
    const pid = this.#registry.pidOf(terminal);
    return pid !== undefined && (await this.tools.tap.renew(pid));
  }

  #refused(service: string, why: Refusal): Refusal {
    this.#registry.forget(service);
    return why;
  }

  #processStarted({ execution, processId }: vscode.TaskProcessStartEvent): void {
    const service = terminalOf(execution.task);
    if (service === undefined) return;
    if (!reportsFirstRun) void this.tools.tap.renew(processId);
    // After a reload VS Code reports the tasks that it reconnected, maybe before they are adopted here. A terminal beyond the ten that it
    // reconnects is given to the next start instead, which then reports the old process, just stopped, and ends with it (seen on 1.139.1).
    if (this.#registry.reconnected(service, processId, execution)) return;
    const process = { pid: processId, execution };
    if (!this.#runner.processStarted(service, process)) this.unexpected(service, processId, execution);
  }

  #ended(execution: vscode.TaskExecution, exitCode: number | undefined): void {
    const entry = this.#registry.ended(execution);
    if (entry === undefined) {
      this.#early.set(execution, { exitCode });
      return;
    }
    this.#kept.ended(entry.run);
    const typedInto = entry.terminal?.state.isInteractedWith ?? false;
    this.#notify((listener) => listener.ended(entry.run, exitCode, typedInto));
  }

  #taskEnded(execution: vscode.TaskExecution): void {
    this.#registry.taskEnded(execution);
    for (const check of [...this.#ending]) check();
  }

  /** Settles with undefined when the execution is over before it had a process. */
  async #endOf(execution: vscode.TaskExecution): Promise<undefined> {
    await this.#until(() => !vscode.tasks.taskExecutions.includes(execution));
    return undefined;
  }

  /** A new task started before the old one's end is reported would join the old one instead. */
  async #previousEnd(service: string): Promise<void> {
    const present = (): vscode.TaskExecution | undefined =>
      vscode.tasks.taskExecutions.find(({ task }) => terminalOf(task) === service);
    if (present() === undefined) return;
    const timely = await Promise.race([this.#until(() => present() === undefined).then(() => true), wait(endReportTimeoutMs)]);
    if (timely === true) return;
    this.tools.log.warn(
      `${service}: the end of its former task was not reported within ${endReportTimeoutMs} ms; it is terminated.`,
    );
    present()?.terminate();
    await Promise.race([this.#until(() => present() === undefined), wait(endReportTimeoutMs)]);
  }

  async #until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.#ending.delete(check);
        resolve();
      };
      this.#ending.add(check);
    });
  }
}

const within = <T>(promise: Promise<T>, ms: number): Promise<T | undefined> => Promise.race([promise, wait(ms)]);
