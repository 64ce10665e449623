/** Which terminal belongs to which run: found by pid, the only thing that terminals and tasks have in common. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';
import type { Owner } from './outputReader';
import { TerminalIndex } from './terminalIndex';

export interface Binding {
  readonly run: string;
  readonly service: string;
  readonly pid: number;
  /** Undefined after a crash of the extension host: the process goes on, and VS Code does not report its execution again. */
  readonly execution: vscode.TaskExecution | undefined;
  /** Whether this extension host started it, or found it. */
  readonly origin: 'launched' | 'adopted';
  /** Whether a line of its output decides when it is ready. */
  readonly isAwaited: boolean;
}

/** With the pause between them, the attempts last as long as terminals take to come back after a reload. */
const maxSearchAttempts = 120;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 50));

type Entry = Binding & { readonly terminal: vscode.Terminal | undefined };

export class TerminalRegistry implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #entries = new TerminalIndex<vscode.Terminal, Entry>();
  /** Services about to run: their terminal is not known by its pid yet, and neither is whose a new terminal is. */
  readonly #expected = new Set<string>();
  readonly #found = new Map<string, (terminal: vscode.Terminal) => void>();

  constructor(private readonly closedByUser: (run: string) => void) {
    this.#lifetime.add(vscode.window.onDidOpenTerminal((terminal) => void this.#learn(terminal)));
    this.#lifetime.add(vscode.window.onDidCloseTerminal((terminal) => this.#closed(terminal)));
    for (const terminal of vscode.window.terminals) void this.#learn(terminal);
  }

  expect(service: string): void {
    this.#expected.add(service);
  }

  bind(binding: Binding): void {
    this.#stopWaitingFor(binding.service);
    this.#entries.set({ ...binding, terminal: undefined });
    this.expect(binding.service);
    void this.#search(binding.run);
  }

  /** The service is not known any more, whatever its terminal does. */
  drop(service: string): void {
    this.forget(service);
    this.#stopWaitingFor(service);
    this.#entries.delete(service);
  }

  /** The terminal of the service's former run will not come any more. */
  #stopWaitingFor(service: string): void {
    const run = this.runOf(service);
    if (run !== undefined) this.#found.delete(run);
  }

  forget(service: string): void {
    this.#expected.delete(service);
  }

  /** VS Code reports a reconnected task: true when it is the process that the service is known by. */
  reconnected(service: string, pid: number, execution: vscode.TaskExecution): boolean {
    const entry = this.#entries.ofService(service);
    if (entry?.pid !== pid) return false;
    this.#entries.set({ ...entry, execution });
    return true;
  }

  ended(execution: vscode.TaskExecution): Entry | undefined {
    return this.#entries.all().find((entry) => entry.execution === execution);
  }

  taskEnded(execution: vscode.TaskExecution): void {
    const entry = this.ended(execution);
    if (entry !== undefined) this.#entries.set({ ...entry, execution: undefined });
  }

  /** No event reports the end of the task of an adopted process, unless VS Code has reported its execution. */
  mayStillBeActive(service: string): boolean {
    const entry = this.#entries.ofService(service);
    return entry?.origin === 'adopted' && entry.execution === undefined;
  }

  isBound(run: string): boolean {
    return this.#byRun(run) !== undefined;
  }

  hasTerminal(run: string): boolean {
    return this.#byRun(run)?.terminal !== undefined;
  }

  whenFound(run: string, call: (terminal: vscode.Terminal) => void): void {
    const terminal = this.terminalOfRun(run);
    if (terminal !== undefined) call(terminal);
    else this.#found.set(run, call);
  }

  terminalOfRun(run: string): vscode.Terminal | undefined {
    return this.#byRun(run)?.terminal;
  }

  terminalOfService(service: string): vscode.Terminal | undefined {
    return this.#entries.ofService(service)?.terminal;
  }

  runOf(service: string): string | undefined {
    return this.#entries.ofService(service)?.run;
  }

  /** Undefined also when its task is over: the pid may be another process's by now. */
  pidOf(terminal: vscode.Terminal): number | undefined {
    const entry = this.#byTerminal(terminal);
    return entry?.origin === 'launched' && entry.execution === undefined ? undefined : entry?.pid;
  }

  ownerOf(terminal: vscode.Terminal): Owner {
    const entry = this.#byTerminal(terminal);
    if (entry === undefined) return { kind: this.#expected.size > 0 ? 'undecided' : 'other' };
    const { service, run, isAwaited } = entry;
    return this.#expected.has(service) ? { kind: 'undecided' } : { kind: 'run', run, isAwaited };
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** A terminal that is used again for a new run gets a new pid without any event: ask all that may be, a few times. */
  async #search(run: string): Promise<void> {
    for (let attempts = 0; attempts < maxSearchAttempts; attempts += 1) {
      await Promise.race([this.#learnAll(), pause()]);
      if (this.#lifetime.isOver || !this.isBound(run) || this.hasTerminal(run)) return;
      await pause();
    }
    const entry = this.#byRun(run);
    if (entry !== undefined) this.#expected.delete(entry.service);
  }

  /** The terminal of a task that runs belongs to its run. */
  async #learnAll(): Promise<void> {
    const isTaken = (terminal: vscode.Terminal): boolean => this.#byTerminal(terminal)?.execution !== undefined;
    const free = vscode.window.terminals.filter((terminal) => !isTaken(terminal));
    await Promise.all(free.map((terminal) => this.#learn(terminal)));
  }

  async #learn(terminal: vscode.Terminal): Promise<void> {
    const pid = await terminal.processId;
    if (pid === undefined || this.#lifetime.isOver) return;
    for (const entry of this.#entries.withoutTerminal()) if (entry.pid === pid) this.#match(entry, terminal);
  }

  #match(entry: Entry, terminal: vscode.Terminal): void {
    this.#entries.set({ ...entry, terminal });
    this.#expected.delete(entry.service);
    this.#found.get(entry.run)?.(terminal);
    this.#found.delete(entry.run);
  }

  #closed(terminal: vscode.Terminal): void {
    const entry = this.#byTerminal(terminal);
    if (entry === undefined) return;
    this.#entries.set({ ...entry, terminal: undefined });
    const reason = terminal.exitStatus?.reason;
    // A closed window is no request to stop, and a process that ended on its own is reported elsewhere. Every other reason (the
    // user, a terminated task, another extension) is a request.
    if (reason === vscode.TerminalExitReason.Shutdown || reason === vscode.TerminalExitReason.Process) return;
    this.closedByUser(entry.run);
  }

  #byRun(run: string): Entry | undefined {
    return this.#entries.ofRun(run);
  }

  #byTerminal(terminal: vscode.Terminal): Entry | undefined {
    return this.#entries.ofTerminal(terminal);
  }
}
