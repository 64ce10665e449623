/** The debug sessions of this window: which service each belongs to, and which of them are paused. */
import * as vscode from 'vscode';
import type { SessionStarter } from '../../app/debug/debugging';
import type { Debuggers } from '../../app/debug/ports';
import type { Disposable } from '../../app/ports';
import type { LaunchEntry } from '../../core/debug/launchEntries';
import { withInspector } from '../../core/debug/nodeOptions';
import { pauseIn } from '../../core/debug/pauses';
import { identityOf } from '../../core/model/identity';
import type { ServiceIdentity } from '../../core/model/identity';
import { settings } from '../config/settings';

/** In the configuration of a session that was started for a service: adapters ignore what they do not know. */
const mark = '__serviceLifecycle';

/** A debugger that does not let go within this time does not delay the stop of its service any longer. */
const detachTimeoutMs = 2000;

export class DebugSessions implements Debuggers, SessionStarter, Disposable {
  /** By id of the session; a session that another one started belongs to the same service. */
  readonly #owners = new Map<string, string>();
  readonly #roots = new Map<string, vscode.DebugSession>();
  readonly #paused = new Set<string>();
  readonly #services = new Map<string, ServiceIdentity>();
  readonly #prepared = new Set<string>();
  readonly #onDidPause = new vscode.EventEmitter<readonly [ServiceIdentity, boolean]>();
  readonly #onDidEnd = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#onDidPause,
      this.#onDidEnd,
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => {
          this.#begin(session);
          return { onDidSendMessage: (message: unknown) => this.#hear(session.id, message) };
        },
      }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#end(id)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Starts a session that belongs to the service; false when it could not be started. */
  async start(service: ServiceIdentity, configuration: LaunchEntry): Promise<boolean> {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(service.folder));
    const { folder: path, key } = service;
    try {
      return await vscode.debug.startDebugging(folder, { ...configuration, [mark]: { folder: path, key } });
    } catch {
      return false;
    }
  }

  prepare(service: ServiceIdentity): Disposable {
    const own = identityOf(service);
    this.#prepared.add(own);
    return { dispose: () => this.#prepared.delete(own) };
  }

  takeEnvironment(service: ServiceIdentity, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return this.#prepared.delete(identityOf(service)) ? withInspector(env, process.env) : env;
  }

  isAttached(service: ServiceIdentity): boolean {
    const owner = identityOf(service);
    return [...this.#owners.values()].includes(owner);
  }

  isPaused(service: ServiceIdentity): boolean {
    const own = identityOf(service);
    return settings().waitForDebugger && [...this.#paused].some((id) => [own, undefined].includes(this.#owners.get(id)));
  }

  onDidPause(listener: (service: ServiceIdentity, isPaused: boolean) => void): Disposable {
    return this.#onDidPause.event(([service, isPaused]) => listener(service, isPaused));
  }

  async detach(service: ServiceIdentity): Promise<void> {
    const own = identityOf(service);
    const roots = [...this.#roots.values()].filter(({ id }) => this.#owners.get(id) === own);
    if (roots.length === 0) return;
    const ended = this.#untilEnded(service);
    // It settles before the session has ended, and rejects where that has been requested already.
    for (const session of roots) void Promise.resolve(vscode.debug.stopDebugging(session)).catch(() => undefined);
    await ended;
  }

  #untilEnded(service: ServiceIdentity): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => finish(), detachTimeoutMs);
      const subscription = this.#onDidEnd.event(() => this.isAttached(service) || finish());
      const finish = (): void => {
        clearTimeout(timer);
        subscription.dispose();
        resolve();
      };
    });
  }

  #begin(session: vscode.DebugSession): void {
    const service = serviceOf(session);
    if (service === undefined) return;
    const owner = identityOf(service);
    this.#services.set(owner, service);
    this.#owners.set(session.id, owner);
    if (session.parentSession === undefined) this.#roots.set(session.id, session);
  }

  #hear(session: string, message: unknown): void {
    const change = pauseIn(message);
    if (change !== undefined)
      this.#change(session, () => (change === 'paused' ? this.#paused.add(session) : this.#paused.delete(session)));
  }

  #end(session: string): void {
    this.#change(session, () => this.#paused.delete(session));
    this.#owners.delete(session);
    this.#roots.delete(session);
    this.#onDidEnd.fire();
  }

  /** A service may have several sessions, such as those of its workers. */
  #change(session: string, change: () => void): void {
    const owner = this.#owners.get(session);
    const service = owner === undefined ? undefined : this.#services.get(owner);
    const before = this.#holds(owner);
    change();
    const after = this.#holds(owner);
    if (service !== undefined && before !== after) this.#onDidPause.fire([service, after]);
  }

  readonly #holds = (owner: string | undefined): boolean => [...this.#paused].some((id) => this.#owners.get(id) === owner);
}

/** Returns the service that the session, or the one that it belongs to, was started for. */
function serviceOf(session: vscode.DebugSession): ServiceIdentity | undefined {
  const written: unknown = session.configuration[mark];
  if (isIdentity(written)) return written;
  return session.parentSession === undefined ? undefined : serviceOf(session.parentSession);
}

const isIdentity = (value: unknown): value is ServiceIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'folder' in value &&
  'key' in value &&
  typeof value.folder === 'string' &&
  typeof value.key === 'string';
