/** Dedicated task terminals: one per service, never shared, never taken over. */
import * as vscode from 'vscode';
import { Lifetime, Slot } from '../../app/lifetime';
import type { Disposable, LaunchRequest, Log, ProcessTable, TerminalListener, Terminals, TerminalTap } from '../../app/ports';
import type { LaunchFailure } from '../../core/model/failure';
import { t } from '../../core/wording/l10n';
import type { ProcessIdentity, Reading } from '../../core/model/process';
import { unavailable } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import { OutputReader } from './outputReader';
import type { SaveGuard } from './saveGuard';
import { terminalOf, terminalTask } from './task';
import { TerminalBook } from './terminalBook';
import { after } from './after';

/** VS Code reports the end of a task about 0.3 s after its process (seen on 1.139.1); past this (ms) it is not waited for. */
const endReportDeadline = 4000;
/** How long a task may take from being handed over to having a process, in ms. */
const startDeadline = 20_000;
/** After a reload, terminals come back one by one; one that is not there by then (ms) is lost. */
const reconnectDeadline = 10_000;

/** How often, and after what pause (ms), a start is tried again that joined an old task. */
const joinedTries = 6;
const joinedPause = 300;

const controlKeys = { C: '\u0003', Q: '\u0011' };

type LaunchResult = Awaited<ReturnType<Terminals['launch']>>;

interface TaskProcess {
  readonly pid: number;
  readonly execution: vscode.TaskExecution;
}

interface TerminalTools {
  readonly processes: ProcessTable;
  /** The run that a process was started for, as far as the system tells. */
  readonly runOf: (pid: number) => Reading<string | undefined>;
  readonly tap: TerminalTap;
  readonly log: Log;
}

export class TaskTerminals implements Terminals, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #book = this.#lifetime.add(new TerminalBook((run) => this.#tell((listener) => listener.closed(run))));
  /** By service id: what waits for the process of the task that was just handed over. */
  readonly #starting = new Map<string, (process: TaskProcess) => void>();
  readonly #ending = new Set<() => void>();
  readonly #listeners = new Set<TerminalListener>();
  readonly #reader: OutputReader;

  constructor(
    private readonly tools: TerminalTools,
    private readonly saveGuard: SaveGuard,
    private readonly unexpected: (service: string, pid: number, execution: vscode.TaskExecution) => void,
  ) {
    this.#reader = this.#lifetime.add(
      new OutputReader({
        ownerOf: (terminal) => this.#book.ownerOf(terminal),
        wrote: (run, chunk) => this.#tell((listener) => listener.wrote(run, chunk)),
        renew: (terminal) => this.#renew(terminal),
        look: (terminal) => {
          const pid = this.#book.pidOf(terminal);
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
    // After a crash of the extension host nobody tells when the old task is over; started too early, the new one joins it
    // and ends with it. Then it is started again.
    const tries = this.#book.mayStillBeActive(spec.id) ? joinedTries : 1;
    const task = terminalTask(spec, run, request.launch);
    this.#book.expect(spec.id);
    try {
      const first = await this.#start(task, request, tries);
      const isStray = first !== undefined && !(await this.#isOfRun(first.pid, run));
      const process = isStray ? await this.#startAgain(first, task, request) : first;
      if (process !== undefined) return await this.#launched(request, process);
      return this.#refused(spec.id, t('the editor could not start its terminal; the terminal says why'));
    } catch (error) {
      return this.#refused(spec.id, error instanceof Error ? error.message : String(error));
    }
  }

  /** Settles with undefined when no try led to a process. */
  async #start(task: vscode.Task, request: LaunchRequest, tries: number): Promise<TaskProcess | undefined> {
    // One wait for all tries: when the old task ends just after the new one was handed over, VS Code starts it all the same, and its
    // process comes between two tries. Taken for a copy and terminated, it would take the next try with it.
    const started = this.#nextProcess(request.spec.id);
    try {
      for (let left = tries; left > 0; left -= 1) {
        const process = (await this.#execute(task, request, started.process)) ?? (await soon(started.process, joinedPause));
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
    await Promise.race([this.#endOf(stray.execution), after(endReportDeadline)]);
    return this.#start(task, request, 1);
  }

  /** False only when the process is surely another one: where environments cannot be read it is taken for the run's. */
  async #isOfRun(pid: number, run: string): Promise<boolean> {
    for (let looks = 0; looks < 3; looks += 1) {
      const found = this.tools.runOf(pid);
      if (found.kind === 'unavailable' || found.value === run) return true;
      // Before its exec a process shows the environment of its parent.
      await after(50);
    }
    return false;
  }

  /** Settles with undefined when the execution was over before it had a process. */
  async #execute(task: vscode.Task, { by }: LaunchRequest, started: Promise<TaskProcess>): Promise<TaskProcess | undefined> {
    // Guarded until there is a process: executeTask resolves before VS Code has come to save anything (seen on 1.139.1).
    return this.saveGuard.around(by, async () => {
      const execution = await vscode.tasks.executeTask(task);
      return Promise.race([started, this.#endOf(execution), after(startDeadline)]);
    });
  }

  async #launched({ spec, run }: LaunchRequest, { pid, execution }: TaskProcess): Promise<LaunchResult> {
    const identity = await this.tools.processes.identify(pid);
    // It may have ended already. That is for the exit watch to find out: an identity that matches nothing is gone.
    const process = identity.kind === 'known' && identity.value !== undefined ? identity.value : { pid, born: '' };
    this.#book.bind({ run, service: spec.id, pid, execution, origin: 'launched', isAwaited: spec.readyLine !== undefined });
    return { ok: true, process };
  }

  /** True when this process is the one that the service is known by; then its task reports the end. */
  reconnect(service: string, pid: number, execution: vscode.TaskExecution): boolean {
    return this.#book.reconnected(service, pid, execution);
  }

  attach({ id, readyLine }: ServiceSpec, run: string, process: ProcessIdentity): void {
    const execution = vscode.tasks.taskExecutions.find(({ task }) => terminalOf(task) === id);
    this.#book.bind({ run, service: id, pid: process.pid, execution, origin: 'adopted', isAwaited: readyLine !== undefined });
    const slot = this.#lifetime.add(new Slot());
    const timer = setTimeout(() => {
      slot.dispose();
      if (this.#book.isBound(run) && !this.#book.hasTerminal(run)) this.#tell((listener) => listener.lost(run));
    }, reconnectDeadline);
    slot.set({ dispose: () => clearTimeout(timer) });
    this.#book.whenFound(run, (terminal) => {
      this.#tell((listener) => listener.found(run));
      void this.#renew(terminal);
    });
  }

  typeControl(run: string, key: 'C' | 'Q'): boolean {
    const terminal = this.#book.terminalOfRun(run);
    terminal?.sendText(controlKeys[key], false);
    return terminal !== undefined;
  }

  blockedSince(run: string): Reading<number | undefined> {
    const terminal = this.#book.terminalOfRun(run);
    const reading = terminal === undefined ? undefined : this.#reader.blockedSince(terminal);
    return reading ?? unavailable(t('Whether its terminal takes output is not known.'));
  }

  /** Whether the terminal of the run is in this window. */
  has(run: string): boolean {
    return this.#book.hasTerminal(run);
  }

  show(serviceId: string, focus: 'keepFocus' | 'takeFocus'): boolean {
    const terminal = this.#book.terminalOfService(serviceId);
    terminal?.show(focus === 'keepFocus');
    return terminal !== undefined;
  }

  /** Closes the terminal of a service that is not known any more, as soon as it is there. */
  close(serviceId: string): void {
    const run = this.#book.runOf(serviceId);
    if (run === undefined) return;
    this.#book.whenFound(run, (terminal) => {
      this.#book.drop(serviceId);
      terminal.dispose();
    });
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #tell(say: (listener: TerminalListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }

  async #renew(terminal: vscode.Terminal): Promise<boolean> {
    const pid = this.#book.pidOf(terminal);
    return pid !== undefined && (await this.tools.tap.renew(pid));
  }

  #refused(service: string, detail: string): { ok: false; failure: LaunchFailure } {
    this.#book.forget(service);
    return { ok: false, failure: { kind: 'taskRefused', detail } };
  }

  #processStarted({ execution, processId }: vscode.TaskProcessStartEvent): void {
    const service = terminalOf(execution.task);
    if (service === undefined) return;
    // After a reload VS Code reports the tasks that it reconnected, maybe before they are adopted here. A terminal beyond the ten that it
    // reconnects is given to the next start instead, which then reports the old process, just stopped, and ends with it (seen on 1.139.1).
    if (this.#book.reconnected(service, processId, execution)) return;
    const waiting = this.#starting.get(service);
    if (waiting !== undefined) waiting({ pid: processId, execution });
    else this.unexpected(service, processId, execution);
  }

  #nextProcess(service: string): Disposable & { process: Promise<TaskProcess> } {
    const process = new Promise<TaskProcess>((resolve) => this.#starting.set(service, resolve));
    return { process, dispose: () => this.#starting.delete(service) };
  }

  #ended(execution: vscode.TaskExecution, exitCode: number | undefined): void {
    const entry = this.#book.ended(execution);
    if (entry === undefined) return;
    const typedInto = entry.terminal?.state.isInteractedWith ?? false;
    this.#tell((listener) => listener.ended(entry.run, exitCode, typedInto));
  }

  #taskEnded(execution: vscode.TaskExecution): void {
    this.#book.taskEnded(execution);
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
    const timely = await Promise.race([this.#until(() => present() === undefined).then(() => true), after(endReportDeadline)]);
    if (timely === true) return;
    this.tools.log.warn(
      `${service}: the end of its former task was not reported within ${endReportDeadline} ms; it is terminated.`,
    );
    present()?.terminate();
    await Promise.race([this.#until(() => present() === undefined), after(endReportDeadline)]);
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

const soon = <T>(promise: Promise<T>, ms: number): Promise<T | undefined> => Promise.race([promise, after(ms)]);
