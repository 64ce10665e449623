/** What `activate` returns to other extensions. */
import * as vscode from 'vscode';
import type { Clock } from '../../app/ports';
import { settled } from '../../app/settled';
import type { ServiceStore } from '../../app/store';
import type { Supervisor } from '../../app/supervisor';
import type { CheckResult } from '../../core/checks/checks';
import type { Finding } from '../../core/diagnosis/finding';
import { toSnapshot } from '../../core/snapshot/toSnapshot';
import type { ProposedService } from '../../core/addServices/proposal';
import type { ServiceSnapshot } from '../../core/snapshot/snapshot';

/** The part of the contract that works; what a later version brings is added then. */
export interface ServiceLifecycleApi {
  readonly version: 1;
  services(): readonly ServiceSnapshot[];
  /** Settles when the service is ready, or when it is known why not; an expected failure is a value. Rejects for an unknown id. */
  start(id: string): Promise<ServiceSnapshot>;
  /** Settles when the whole tree is gone and the port can be bound again, or when it is known why not. Rejects for an unknown id. */
  stop(id: string): Promise<ServiceSnapshot>;
  restart(id: string): Promise<ServiceSnapshot>;
  /** Why it is not healthy, the verdict first; empty when nothing is wrong as far as can be seen. Rejects for an unknown id. */
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Its health and its checks, asked now; what fails is a value with the reason. Starts nothing. Rejects for an unknown id. */
  runChecks(id: string): Promise<readonly CheckResult[]>;
  /** What servers a folder holds, or every folder of the workspace, each as an entry of services.json. Writes nothing, runs nothing. */
  discover(folder?: vscode.Uri): Promise<readonly ProposedService[]>;
  readonly onDidChange: vscode.Event<ServiceSnapshot>;
}

/** What is answered by parts that are loaded when they are asked for. */
export type Answers = Pick<ServiceLifecycleApi, 'diagnose' | 'runChecks' | 'discover'>;

export class Api implements ServiceLifecycleApi, vscode.Disposable {
  readonly version = 1;
  readonly #changed = new vscode.EventEmitter<ServiceSnapshot>();
  readonly onDidChange = this.#changed.event;
  readonly diagnose: Answers['diagnose'];
  readonly runChecks: Answers['runChecks'];
  readonly discover: Answers['discover'];
  readonly #subscription;
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
    this.#subscription = store.onDidChange((changed) => {
      const ids = changed === 'all' ? store.services().map(({ spec }) => spec.id) : changed;
      for (const id of ids) {
        const service = store.get(id);
        if (service !== undefined) this.#changed.fire(toSnapshot(service));
      }
    });
  }

  services(): readonly ServiceSnapshot[] {
    return this.store.services().map(toSnapshot);
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

  /** Whether a program asked something of the service and has no answer yet: it will be told what a person would be. */
  isAwaited(id: string): boolean {
    return [...this.#awaited].some((each) => each.id === id);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #after(id: string, ask: () => void): Promise<ServiceSnapshot> {
    const before = this.store.get(id);
    if (before === undefined) throw new Error(`There is no service "${id}": services() tells the ids.`);
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
