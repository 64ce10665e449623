/** The debug sessions of this window: which service each belongs to, and which of them are paused. */
import * as vscode from 'vscode';
import type { Debuggers, SessionStarter } from '../../app/debug/ports';
import type { Disposable } from '../../app/ports';
import { endIn } from '../../core/debug/ends';
import type { EnvironmentChange } from '../../core/debug/launchEnvironment';
import { pauseIn } from '../../core/debug/pauses';
import { identityOf } from '../../core/model/identity';
import type { ServiceIdentity } from '../../core/model/identity';
import { settings } from '../config/settings';

/** In the configuration of a session that was started for a service: adapters ignore what they do not know. */
export const mark = '__serviceLifecycle';

/** A debugger that does not let go within this time does not delay the stop of its service any longer. */
const detachTimeoutMs = 2000;

export class DebugSessions implements Debuggers, Omit<SessionStarter, 'start' | 'startCompound'>, Disposable {
  /** By id of the session; a session that another one started belongs to the same service. */
  readonly #owners = new Map<string, string>();
  readonly #roots = new Map<string, vscode.DebugSession>();
  readonly #paused = new Set<string>();
  readonly #services = new Map<string, ServiceIdentity>();
  /** Services by the names of the launch configurations of a compound that is being started. */
  readonly #expected = new Map<string, ServiceIdentity>();
  readonly #prepared = new Map<string, EnvironmentChange>();
  /** Which side has ended a session, by id. */
  readonly #ends = new Map<string, 'program' | 'editor'>();
  /** Owners of which the user or `detach` has ended a session, until the last one has ended. */
  readonly #left = new Set<string>();
  readonly #onDidPause = new vscode.EventEmitter<readonly [ServiceIdentity, boolean]>();
  readonly #onDidEnd = new vscode.EventEmitter<void>();
  readonly #onDidLose = new vscode.EventEmitter<ServiceIdentity>();
  readonly #subscriptions: readonly Disposable[];

  constructor() {
    this.#subscriptions = [
      this.#onDidPause,
      this.#onDidEnd,
      this.#onDidLose,
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => {
          this.#begin(session);
          return {
            onWillReceiveMessage: (message: unknown) => this.#noteEnd(session.id, message),
            onDidSendMessage: (message: unknown) => this.#hear(session.id, message),
          };
        },
      }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.#end(id)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Until it is disposed of, sessions of launch configurations with these names belong to the service. */
  expect(service: ServiceIdentity, names: readonly string[]): Disposable {
    for (const name of names) this.#expected.set(name, service);
    return { dispose: () => names.forEach((name) => void this.#expected.delete(name)) };
  }

  prepare(service: ServiceIdentity, change: EnvironmentChange): Disposable {
    const own = identityOf(service);
    this.#prepared.set(own, change);
    return { dispose: () => this.#prepared.delete(own) };
  }

  takeEnvironment(service: ServiceIdentity, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const own = identityOf(service);
    const change = this.#prepared.get(own);
    this.#prepared.delete(own);
    return change?.(env, process.env) ?? env;
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

  onDidLose(listener: (service: ServiceIdentity) => void): Disposable {
    return this.#onDidLose.event(listener);
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
    const service = serviceOf(session) ?? this.#ownerOfParent(session) ?? this.#expected.get(session.configuration.name);
    if (service === undefined) return;
    const owner = identityOf(service);
    this.#services.set(owner, service);
    this.#owners.set(session.id, owner);
    if (session.parentSession === undefined) this.#roots.set(session.id, session);
  }

  /** What a session starts has not always its configuration. */
  #ownerOfParent({ parentSession }: vscode.DebugSession): ServiceIdentity | undefined {
    const owner = parentSession === undefined ? undefined : this.#owners.get(parentSession.id);
    return owner === undefined ? undefined : this.#services.get(owner);
  }

  #noteEnd(session: string, message: unknown): void {
    const end = endIn(message);
    if (end !== undefined && !this.#ends.has(session)) this.#ends.set(session, end);
  }

  #hear(session: string, message: unknown): void {
    this.#noteEnd(session, message);
    const change = pauseIn(message);
    if (change !== undefined)
      this.#change(session, () => (change === 'paused' ? this.#paused.add(session) : this.#paused.delete(session)));
  }

  #end(session: string): void {
    this.#change(session, () => this.#paused.delete(session));
    const owner = this.#owners.get(session);
    const service = owner === undefined ? undefined : this.#services.get(owner);
    if (owner !== undefined && this.#ends.get(session) === 'editor') this.#left.add(owner);
    this.#owners.delete(session);
    this.#roots.delete(session);
    this.#ends.delete(session);
    this.#onDidEnd.fire();
    if (service !== undefined && !this.isAttached(service)) this.#ended(service);
  }

  #ended(service: ServiceIdentity): void {
    const isLeft = this.#left.delete(identityOf(service));
    if (!isLeft) this.#onDidLose.fire(service);
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
