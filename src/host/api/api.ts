/** The API that `activate` returns to other extensions. */
import * as vscode from 'vscode';
import type { ApiOutput } from '../../app/agents/apiOutput';
import type { Clock, Disposable } from '../../app/ports';
import type { EventOptions, LogEntry, LogOptions, LogPage, ServiceEvent } from '../../core/agents/logPage';
import { settled } from '../../app/settled';
import { changedServices, onAnyChange } from '../../app/store';
import type { Change, ServiceStore } from '../../app/store';
import type { Supervisor } from '../../app/supervisor';
import type { CheckResult } from '../../core/checks/checks';
import type { Finding } from '../../core/diagnosis/finding';
import { toSnapshot } from '../../core/snapshot/toSnapshot';
import type { ProposedService } from '../../core/addServices/proposal';
import type { ServiceSnapshot } from '../../core/snapshot/snapshot';

/** The implemented part of the contract. A later version adds its own. */
export interface ServiceLifecycleApi {
  readonly version: 1;
  services(): readonly ServiceSnapshot[];
  /** Settles when the service is ready, or when the failure is known; a failure is a value. Rejects for an unknown id. */
  start(id: string): Promise<ServiceSnapshot>;
  /** Settles when the process tree is gone and the port is free, or when the failure is known. Rejects for an unknown id. */
  stop(id: string): Promise<ServiceSnapshot>;
  restart(id: string): Promise<ServiceSnapshot>;
  /** Returns why the service is not healthy, the verdict first; empty when no problem is found. Rejects for an unknown id. */
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Runs the health probe and the checks. A failure is a value with the reason. Starts nothing. Rejects for an unknown id. */
  runChecks(id: string): Promise<readonly CheckResult[]>;
  /** Finds the services in a folder, or in all workspace folders, as entries of services.json. Writes nothing, runs nothing. */
  discover(folder?: vscode.Uri): Promise<readonly ProposedService[]>;
  /** Returns the last lines of a service. Rejects for an unknown id, a cursor that is none, and an invalid expression. */
  logs(id: string, options?: LogOptions): Promise<LogPage>;
  /** Returns what has happened since the window was opened, or after a cursor; empty in the first second. */
  events(options?: EventOptions): readonly ServiceEvent[];
  readonly onDidLog: vscode.Event<LogEntry>;
  readonly onDidChange: vscode.Event<ServiceSnapshot>;
}

/** The part of the API that the deferred bundle implements. */
export type Answers = Pick<ServiceLifecycleApi, 'diagnose' | 'runChecks' | 'discover' | 'logs'>;

export class Api implements ServiceLifecycleApi, vscode.Disposable {
  readonly version = 1;
  readonly #changed = new vscode.EventEmitter<ServiceSnapshot>();
  /** Snapshots are made once somebody listens. */
  readonly onDidChange: vscode.Event<ServiceSnapshot> = (listener, thisArgs, disposables) => {
    this.#subscription ??= onAnyChange(this.store, (changed) => this.#report(changed));
    return this.#changed.event(listener, thisArgs, disposables);
  };
  readonly diagnose: Answers['diagnose'];
  readonly runChecks: Answers['runChecks'];
  readonly discover: Answers['discover'];
  readonly logs: Answers['logs'];
  readonly #logged = new vscode.EventEmitter<LogEntry>();
  readonly onDidLog = this.#logged.event;
  #output: Pick<ApiOutput, 'events'> | undefined;
  #subscription: Disposable | undefined;
  readonly #awaited = new Set<{ readonly id: string }>();

  constructor(
    private readonly store: ServiceStore,
    private readonly supervisor: Supervisor,
    private readonly clock: Clock,
    answers: Answers,
  ) {
    this.diagnose = answers.diagnose;
    this.runChecks = answers.runChecks;
    this.discover = answers.discover;
    this.logs = answers.logs;
  }

  services(): readonly ServiceSnapshot[] {
    return this.store.services().map(toSnapshot);
  }

  events(options?: EventOptions): readonly ServiceEvent[] {
    return this.#output?.events(options) ?? [];
  }

  /** What is loaded later. */
  connect(output: Pick<ApiOutput, 'events' | 'onDidLog'>): { dispose(): void } {
    this.#output = output;
    return output.onDidLog((line) => this.#logged.fire(line));
  }

  start(id: string): Promise<ServiceSnapshot> {
    return this.#after(id, () => this.supervisor.start(id));
  }

  stop(id: string): Promise<ServiceSnapshot> {
    return this.#after(id, () => this.supervisor.stop(id));
  }

  restart(id: string): Promise<ServiceSnapshot> {
    return this.#after(id, () => this.supervisor.restart(id));
  }

  /** Whether a program waits for the outcome of a request for this service: it gets the failure, so no notification is needed. */
  isAwaited(id: string): boolean {
    return [...this.#awaited].some((each) => each.id === id);
  }

  dispose(): void {
    this.#subscription?.dispose();
    this.#changed.dispose();
    this.#logged.dispose();
  }

  #report(changed: Change): void {
    for (const service of changedServices(this.store, changed)) this.#changed.fire(toSnapshot(service));
  }

  async #after(id: string, ask: () => void): Promise<ServiceSnapshot> {
    const before = this.store.get(id);
    if (before === undefined) throw new Error(`There is no service "${id}": services() lists the ids.`);
    const awaited = { id };
    this.#awaited.add(awaited);
    try {
      ask();
      // Another window may carry it out.
      await this.supervisor.delivered();
      return toSnapshot((await settled(id, this.store, this.clock)) ?? before);
    } finally {
      this.#awaited.delete(awaited);
    }
  }
}
