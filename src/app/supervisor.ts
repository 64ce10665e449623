/** Takes requests and facts, asks the reducer, carries out what it decides. */
import type { Effect } from '../core/lifecycle/effects';
import type { RunEvent, ServiceEvent } from '../core/lifecycle/events';
import type { Lifecycle, Service, ServiceState, StartedBy } from '../core/lifecycle/state';
import { takeOver } from '../core/lifecycle/takeOver';
import { defined } from '../core/model/defined';
import { identityOf } from '../core/model/identity';
import type { ServiceIdentity } from '../core/model/identity';
import type { RestartReason } from '../core/model/restartReason';
import { noOutput } from '../core/output/runOutput';
import type { RunOutput } from '../core/output/runOutput';
import { transition } from '../core/lifecycle/transition';
import { cause, describe } from '../core/lifecycle/logText';
import { followersOf, mayStart, satisfies, waitsForChange } from '../core/lifecycle/startPermission';
import type { ProcessIdentity } from '../core/model/process';
import { isInside } from '../core/workspaceFiles/paths';
import { alone } from './authority';
import type { Authority } from './authority';
import { Lifetime } from './lifetime';
import type { Disposable, LedgerEntry } from './ports';
import type { ServiceSpec } from '../core/model/service';
import type { PortRequest } from './run/launching';
import { judgeQueued } from './queued';
import { Run } from './run/run';
import type { RunHost } from './run/run';
import { Runs } from './runs';
import { settled } from './settled';
import { isActive } from './store';
import type { Store } from './store';
import type { World } from './world';

export class Supervisor implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #runs = new Runs();
  /** Services that wait for others, by identity: they are judged at every change of one of those. */
  readonly #queued = new Map<string, ServiceIdentity>();
  /** Services whose dependencies are being started: they are judged when all of them are. */
  readonly #gathering = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly authority: Authority = alone,
  ) {
    const withRun = (run: string, use: (found: Run) => void): void => {
      const found = this.#runs.find(run);
      if (found !== undefined) use(found);
    };
    const { clock, terminals } = world;
    const report = (event: RunEvent): void => withRun(event.run, ({ spec }) => this.#dispatchTo(spec, event));
    this.#lifetime.add(
      terminals.listen({
        ended: (run, exitCode, typedInto) => withRun(run, (found) => found.ended(exitCode, typedInto)),
        wrote: (run, chunk) => withRun(run, (found) => found.wrote(chunk)),
        closed: (run) => report({ kind: 'terminalClosed', run, at: clock.now() }),
        found: (run) => report({ kind: 'terminalFound', run }),
        lost: (run) => report({ kind: 'terminalLost', run }),
      }),
    );
    this.#lifetime.add(world.debuggers.onDidPause((service, isPaused) => this.#runs.of(service)?.debuggerChanged(isPaused)));
    this.#lifetime.add(store.onDidChange((changed) => changed === 'all' && this.#onListChanged()));
  }

  start(id: string, by: StartedBy = 'user'): void {
    if (this.authority.takes(this.store.get(id)?.spec, 'start', by)) return;
    this.#dispatch(id, { kind: 'startRequested', run: this.world.newRun(), by, at: this.world.clock.now() });
  }

  stop(id: string, by: StartedBy = 'user'): void {
    if (this.authority.takes(this.store.get(id)?.spec, 'stop', by)) return;
    const named = typeof by === 'string' ? {} : { cause: { kind: 'command', by } as const };
    this.#dispatch(id, { kind: 'stopRequested', ...named, at: this.world.clock.now() });
  }

  /**
   * Stops a service to free a port; its row says so. Settles when it has stopped, or when it is known why not; with false when it is
   * a service of another folder whose window is not reached.
   */
  async stopForPort(service: ServiceIdentity, request: PortRequest): Promise<boolean> {
    const id = this.store.find(service)?.spec.id;
    if (id === undefined) return this.authority.stopElsewhere(service, request);
    if (!this.authority.takes(this.store.get(id)?.spec, 'stop', 'user'))
      this.#dispatch(id, { kind: 'stopRequested', cause: { kind: 'portFreed', ...request }, at: this.world.clock.now() });
    await this.delivered();
    await settled(id, this.store, this.world.clock);
    return true;
  }

  /** Answers the question about the port of a service. Without such a question nothing happens. */
  answerPort(id: string, answer: 'stop' | 'adopt' | 'cancel'): void {
    const lifecycle = this.store.get(id)?.state.lifecycle;
    if (lifecycle?.kind !== 'launching' || lifecycle.phase.kind !== 'blocked') return;
    if (answer === 'cancel') return this.stop(id);
    if (this.authority.takes(this.store.get(id)?.spec, answer === 'stop' ? 'freePort' : 'monitor', 'user')) return;
    this.#dispatch(id, { kind: 'portAnswered', run: lifecycle.run, answer, at: this.world.clock.now() });
  }

  /** Shows that a service waits until the user allows it to start with the workspace. A stop means that it need not wait. */
  awaitConsent(id: string): void {
    this.#dispatch(id, { kind: 'consentRequested' });
  }

  restart(id: string, by: StartedBy = 'user'): void {
    if (this.authority.takes(this.store.get(id)?.spec, 'restart', by)) return;
    this.#dispatch(id, { kind: 'restartRequested', run: this.world.newRun(), by, at: this.world.clock.now() });
  }

  /** Takes over a process that an earlier window left running; false when the service has, or may have, another one. */
  adopt(
    id: string,
    { run, process, startedAt, readyAt, by }: Pick<LedgerEntry, 'run' | 'process' | 'startedAt' | 'readyAt' | 'by'>,
  ): boolean {
    const before = this.store.get(id)?.state;
    this.#dispatch(id, { kind: 'adopted', run, process, startedAt, terminal: 'attached', ...defined({ readyAt, by }) });
    const service = this.store.get(id);
    if (service === undefined || service.state === before || service.state.lifecycle.run !== run) return false;
    this.world.terminals.attach(service.spec, run, process);
    return true;
  }

  /** Settles when requests that another window carries out have been taken there, and their first effect is seen here. */
  delivered(): Promise<void> {
    return this.authority.delivered();
  }

  /** Takes the state of a service that another window supervises. */
  follow(id: string, state: ServiceState): void {
    this.world.chosenPorts.refresh(this.store.get(id), state);
    this.#setState(id, state);
    this.#reconsiderQueued(id);
  }

  /** Continues what another window supervised until now. See {@link takeOver} for `process`. */
  takeOver(id: string, process: ProcessIdentity | undefined): void {
    const service = this.store.get(id);
    if (service === undefined || this.#lifetime.isOver) return;
    const { state, effects } = takeOver(service, { process, at: this.world.clock.now() });
    if (effects.length > 0) this.world.log.info(`${id}: taken over, ${describe(state.lifecycle)}`);
    this.#setState(id, state);
    for (const effect of effects) this.#perform(service.spec, effect);
    if ('process' in state.lifecycle && state.lifecycle.process !== undefined && state.lifecycle.kind !== 'external') {
      this.world.terminals.attach(service.spec, state.lifecycle.run, state.lifecycle.process);
    }
  }

  /** Another window supervises them from now on: this window releases its resources, and ends nothing. */
  letGo(ids: readonly string[]): void {
    for (const id of ids) {
      const spec = this.store.get(id)?.spec;
      if (spec !== undefined) this.#runs.drop(spec);
    }
  }

  /** A file was saved: services that gave up because of what is written in their files try again. */
  fileSaved(file: string): void {
    for (const { spec, state } of this.store.services()) {
      const { lifecycle } = state;
      if (waitsForChange(lifecycle) && isInside(file, this.world.folderOf(spec), 'loose')) this.start(spec.id, 'auto');
    }
  }

  /** Files that `watch` of the service names have changed, the last one at `changedAt`: it restarts, and so does what is to follow it. */
  filesChanged(id: string, reason: RestartReason, changedAt: number): void {
    const spec = this.store.get(id)?.spec;
    if (spec === undefined || this.authority.takes(spec, 'restart', 'auto') || this.world.debuggers.isAttached(spec)) return;
    const [before, at] = [this.store.get(id)?.state, this.world.clock.now()];
    this.#dispatch(id, { kind: 'filesChanged', run: this.world.newRun(), reason, changedAt, at });
    if (this.store.get(id)?.state === before) return;
    for (const other of followersOf(id, this.store.services())) this.filesChanged(other, { kind: 'dependency', id }, at);
  }

  /** Whether a process of the service is there, or on its way, or could not be stopped. */
  isBusy(id: string): boolean {
    const lifecycle = this.store.get(id)?.state.lifecycle;
    return lifecycle !== undefined && isActive(lifecycle);
  }

  /** What a service wrote last, as far as this window has seen it. */
  output(id: string): RunOutput {
    return this.runOf(id)?.output() ?? noOutput;
  }

  /** Leaves everything running: a reload or a closed window is no stop. */
  dispose(): void {
    this.#lifetime.dispose();
    this.#runs.dropAll();
  }

  /** The latest run of a service, as far as this window supervises it. */
  runOf(id: string): Run | undefined {
    const service = this.store.get(id);
    return service === undefined ? undefined : this.#runs.of(service.spec);
  }

  #dispatch(id: string, event: ServiceEvent): void {
    const service = this.store.get(id);
    if (service === undefined || this.#lifetime.isOver) return;
    const { state, effects } = transition(service, event);
    this.#log(service, state.lifecycle, event);
    this.#setState(id, state);
    for (const effect of effects) this.#perform(service.spec, effect);
    if (state !== service.state) this.#reconsiderQueued(id);
    if (this.store.find(service.spec) === undefined) this.#runs.drop(service.spec);
  }

  #setState(id: string, state: ServiceState): void {
    const spec = this.store.get(id)?.spec;
    if (spec !== undefined && state.lifecycle.kind === 'queued') this.#queued.set(identityOf(spec), spec);
    else if (spec !== undefined && this.#queued.size > 0) this.#queued.delete(identityOf(spec));
    this.store.setState(id, state);
  }

  /** The service may have got another id since the event was on its way. */
  #dispatchTo(identity: ServiceIdentity, event: ServiceEvent): void {
    const id = this.store.find(identity)?.spec.id;
    if (id !== undefined) this.#dispatch(id, event);
  }

  /** Services came, went or got another id: runs of those that went are let go, terminals are found again under the new ids. */
  #onListChanged(): void {
    for (const { run, id } of this.#runs.all()) {
      const service = this.store.find(run.spec);
      if (service === undefined || service.spec.id === id) continue;
      this.#runs.keep(run.spec, run, service.spec.id);
      const { lifecycle } = service.state;
      if ('process' in lifecycle && lifecycle.process !== undefined && lifecycle.kind !== 'external')
        this.world.terminals.attach(service.spec, run.id, lifecycle.process);
    }
    // Later, because a service that has just come to rest has effects ahead.
    queueMicrotask(() => {
      for (const { run } of this.#runs.all()) if (this.store.find(run.spec) === undefined) this.#runs.drop(run.spec);
    });
  }

  #perform(spec: ServiceSpec, effect: Effect): void {
    try {
      if (effect.kind === 'awaitDependencies') this.#awaitDependencies(spec.id);
      else this.#runFor(spec, effect.run)?.perform(effect);
    } catch (error) {
      this.world.log.error(`${spec.id}: ${effect.kind} failed: ${String(error)}`);
    }
  }

  /** What a service needs is started with it; then it is judged at every change of one of them. */
  #awaitDependencies(id: string): void {
    const service = this.store.get(id);
    const lifecycle = service?.state.lifecycle;
    if (service === undefined || lifecycle?.kind !== 'queued') return;
    this.#gathering.add(id);
    for (const dependency of service.spec.dependsOn) {
      const needed = this.store.get(dependency.id)?.state.lifecycle;
      if (needed !== undefined && mayStart(needed, lifecycle.by) && !satisfies(needed, dependency.condition)) {
        this.start(dependency.id, lifecycle.by);
      }
    }
    this.#gathering.delete(id);
    this.#judge(id);
  }

  #reconsiderQueued(changed: string): void {
    if (this.#queued.size === 0) return;
    for (const identity of [...this.#queued.values()]) {
      const spec = this.store.find(identity)?.spec;
      if (spec?.dependsOn.some(({ id }) => id === changed) === true) this.#judge(spec.id);
    }
  }

  #judge(id: string): void {
    const service = this.store.get(id);
    if (service === undefined || this.#gathering.has(id)) return;
    const event = judgeQueued(service, (other) => this.store.get(other), this.world.clock.now());
    if (event !== undefined) this.#dispatch(id, event);
  }

  /** An effect of a run that is not the latest any more finds its own run only while that one is still kept. */
  #runFor(identity: ServiceIdentity, run: string): Run | undefined {
    const present = this.#runs.of(identity);
    return present?.id === run ? present : this.#createRun(identity, run, present?.swept ?? Promise.resolve());
  }

  #createRun(identity: ServiceIdentity, run: string, swept: Promise<unknown>): Run | undefined {
    const service = this.store.find(identity);
    if (service === undefined) return undefined;
    const lifecycle = (): Lifecycle | undefined => this.store.find(identity)?.state.lifecycle;
    const isLaunching = (): boolean => !this.#lifetime.isOver && lifecycle()?.kind === 'launching' && lifecycle()?.run === run;
    const isCurrent = (): boolean => this.#lifetime.isOver || lifecycle()?.run === run;
    const report = (event: RunEvent): void => this.#dispatchTo(identity, event);
    const stopForPort: RunHost['stopForPort'] = (other, request) => this.stopForPort(other, request);
    const host = { report, isLaunching, isCurrent, stopForPort, swept };
    const created = new Run(run, service.spec, this.world, host);
    this.#runs.keep(identity, created, service.spec.id);
    return created;
  }

  #log({ spec, state }: Service, next: Lifecycle, event: ServiceEvent): void {
    const before = describe(state.lifecycle);
    const after = describe(next);
    if (before !== after) this.world.log.info(`${spec.id}: ${before} -> ${after} (${cause(event)})`);
  }
}
