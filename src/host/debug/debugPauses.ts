/** Tracks paused debuggers: a service that looks hung may be paused. */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';

export class DebugPauses implements Disposable {
  readonly #paused = new Set<string>();
  readonly #subscriptions: readonly Disposable[];

  constructor() {
    this.#subscriptions = [
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: ({ id }) => ({ onDidSendMessage: (message: unknown) => this.#hear(id, message) }),
      }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#paused.delete(id)),
    ];
  }

  get any(): boolean {
    return this.#paused.size > 0;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Handles events of the Debug Adapter Protocol. */
  #hear(session: string, message: unknown): void {
    if (typeof message !== 'object' || message === null || !('event' in message)) return;
    if (message.event === 'stopped') this.#paused.add(session);
    if (message.event === 'continued' || message.event === 'exited' || message.event === 'terminated')
      this.#paused.delete(session);
  }
}
