import type { Debuggers } from '../../../src/app/debug/ports';
import { identityOf } from '../../../src/core/model/identity';
import type { ServiceIdentity } from '../../../src/core/model/identity';

/** Debug sessions that a test attaches and pauses. */
export class FakeDebuggers implements Debuggers {
  /** A debugger is paused that may hold any service. */
  holdsAll = false;
  readonly detached: string[] = [];
  readonly environment: Record<string, string> = {};
  /** What `detach` waits for. */
  leaving: Promise<void> = Promise.resolve();
  readonly #attached = new Set<string>();
  readonly #paused = new Set<string>();
  readonly #listeners = new Set<(service: ServiceIdentity, isPaused: boolean) => void>();

  attach(service: ServiceIdentity): void {
    this.#attached.add(identityOf(service));
  }

  leave(service: ServiceIdentity): void {
    this.#attached.delete(identityOf(service));
  }

  pause(service: ServiceIdentity, isPaused: boolean): void {
    if (isPaused) this.#paused.add(identityOf(service));
    else this.#paused.delete(identityOf(service));
    for (const listener of this.#listeners) listener(service, isPaused);
  }

  isAttached(service: ServiceIdentity): boolean {
    return this.#attached.has(identityOf(service));
  }

  isPaused(service: ServiceIdentity): boolean {
    return this.holdsAll || this.#paused.has(identityOf(service));
  }

  onDidPause(listener: (service: ServiceIdentity, isPaused: boolean) => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  async detach(service: ServiceIdentity): Promise<void> {
    if (!this.isAttached(service)) return;
    this.detached.push(service.key);
    await this.leaving;
    this.leave(service);
  }

  takeEnvironment(_service: ServiceIdentity, env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    return { ...env, ...this.environment };
  }
}
