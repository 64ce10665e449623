/** Takes requests and facts, asks the reducer, carries out what it decides. */
import type { Effect } from '../core/lifecycle/effects';
import type { RunEvent, ServiceEvent } from '../core/lifecycle/events';
import { t } from '../core/wording/l10n';
import { judgeDependencies, waitingCircle } from '../core/lifecycle/startOrder';
import type { Service, ServiceState, Lifecycle, StartedBy } from '../core/lifecycle/state';
import { takeOver } from '../core/lifecycle/takeOver';
import { transition } from '../core/lifecycle/transition';
import type { ProcessIdentity } from '../core/model/process';
import { alone } from './authority';
import type { Authority } from './authority';
import { Lifetime } from './lifetime';
import type { Disposable, LedgerEntry } from './ports';
import { Run } from './run/run';
import type { Store } from './store';
import type { World } from './world';

export class Supervisor implements Disposable {
  readonly #lifetime = new Lifetime();
  /** The latest run of each service, by service id. */
  readonly #runs = new Map<string, Run>();
  /** Services whose dependencies are being started: they are judged when all of them are. */
  readonly #gathering = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly world: World,
    private readonly authority: Authority = alone,
  ) {
    const withRun = (run: string, use: (found: Run) => void): void => {
      const found = this.#runById(run);
      if (found !== undefined) use(found);
    };
    const { clock, terminals } = world;
    const tell = (event: RunEvent): void => withRun(event.run, ({ spec }) => this.#dispatch(spec.id, event));
    this.#lifetime.add(
      terminals.listen({
        ended: (run, exitCode, typedInto) => withRun(run, (found) => found.ended(exitCode, typedInto)),
        wrote: (run, chunk) => withRun(run, (found) => found.wrote(chunk)),
        closed: (run) => tell({ kind: 'terminalClosed', run, at: clock.now() }),
        found: (run) => tell({ kind: 'terminalFound', run }),
        lost: (run) => tell({ kind: 'terminalLost', run }),
      }),
    );
  }

  start(id: string, by: StartedBy = 'user'): void {
    if (this.authority.takes(this.store.get(id)?.spec, 'start', by)) return;
    this.#dispatch(id, { kind: 'startRequested', run: this.world.newRun(), by, at: this.world.clock.now() });
  }

  stop(id: string): void {
    if (this.authority.takes(this.store.get(id)?.spec, 'stop', 'user')) return;
    this.#dispatch(id, { kind: 'stopRequested', at: this.world.clock.now() });
  }

  restart(id: string, by: StartedBy = 'user'): void {
    if (this.authority.takes(this.store.get(id)?.spec, 'restart', by)) return;
    this.#dispatch(id, { kind: 'restartRequested', run: this.world.newRun(), by, at: this.world.clock.now() });
  }

  /** Takes over a process that an earlier window left running. */
  adopt(id: string, { run, process, startedAt, readyAt }: Pick<LedgerEntry, 'run' | 'process' | 'startedAt' | 'readyAt'>): void {
    const service = this.store.get(id);
    if (service === undefined) return;
    this.#dispatch(id, {
      kind: 'adopted',
      run,
      process,
      startedAt,
      terminal: 'attached',
      ...(readyAt === undefined ? {} : { readyAt }),
    });
    this.world.terminals.attach(service.spec, run, process);
  }

  /** Settles when requests that another window carries out have been taken there, and their first effect is seen here. */
  delivered(): Promise<void> {
    return this.authority.delivered();
  }

  /** Takes the state of a service that another window supervises. */
  follow(id: string, state: ServiceState): void {
    this.store.setState(id, state);
    this.#reconsiderQueued(id);
  }

  /** Continues what another window supervised until now. See {@link takeOver} for `process`. */
  takeOver(id: string, process: ProcessIdentity | undefined): void {
    const service = this.store.get(id);
    if (service === undefined || this.#lifetime.isOver) return;
    const { state, effects } = takeOver(service, { process, at: this.world.clock.now() });
    if (effects.length > 0) this.world.log.info(`${id}: taken over, ${describe(state.lifecycle)}`);
    this.store.setState(id, state);
    for (const effect of effects) this.#perform(id, effect);
    if ('process' in state.lifecycle && state.lifecycle.process !== undefined && state.lifecycle.kind !== 'external') {
      this.world.terminals.attach(service.spec, state.lifecycle.run, state.lifecycle.process);
    }
  }

  /** Another window supervises them from now on: what this one holds of them is let go, and nothing is ended. */
  letGo(ids: readonly string[]): void {
    for (const id of ids) {
      this.#runs.get(id)?.detach();
      this.#runs.delete(id);
    }
  }

  /** A file was saved: services that gave up because of what is written in their files try again. */
  fileSaved(file: string): void {
    for (const { spec, state } of this.store.services()) {
      const { lifecycle } = state;
      if (waitsForChange(lifecycle) && isInside(file, this.world.folderOf(spec))) this.start(spec.id, 'auto');
    }
  }

  /** Whether a process of the service is there, or on its way. */
  isBusy(id: string): boolean {
    const kind = this.store.get(id)?.state.lifecycle.kind;
    return kind !== undefined && kind !== 'stopped' && kind !== 'exited' && kind !== 'failed';
  }

  /** The last lines that a service wrote, oldest first, as far as this window has seen them. */
  output(id: string): readonly string[] {
    return this.#runs.get(id)?.lines() ?? [];
  }

  /** Leaves everything running: a reload or a closed window is no stop. */
  dispose(): void {
    this.#lifetime.dispose();
    for (const run of this.#runs.values()) run.detach();
    this.#runs.clear();
  }

  #dispatch(id: string, event: ServiceEvent): void {
    const service = this.store.get(id);
    if (service === undefined || this.#lifetime.isOver) return;
    const { state, effects } = transition(service, event);
    this.#log(service, state.lifecycle, event);
    this.store.setState(id, state);
    for (const effect of effects) this.#perform(id, effect);
    if (state !== service.state) this.#reconsiderQueued(id);
  }

  #perform(id: string, effect: Effect): void {
    if (effect.kind === 'awaitDependencies') this.#awaitDependencies(id);
    else this.#runFor(id, effect.run)?.perform(effect);
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
    for (const { spec, state } of this.store.services()) {
      const waits = state.lifecycle.kind === 'queued' && spec.dependsOn.some(({ id }) => id === changed);
      if (waits) this.#judge(spec.id);
    }
  }

  #judge(id: string): void {
    const service = this.store.get(id);
    if (service?.state.lifecycle.kind !== 'queued' || this.#gathering.has(id)) return;
    const { run } = service.state.lifecycle;
    const lookUp = (other: string): Service | undefined => this.store.get(other);
    const at = this.world.clock.now();
    const circle = waitingCircle(id, lookUp);
    if (circle !== undefined) {
      const detail = t('these services wait for one another and could never start: {0}', circle.join(' → '));
      this.#dispatch(id, { kind: 'dependencyFailed', run, id: circle[1] ?? id, detail, at });
      return;
    }
    const verdict = judgeDependencies(service.spec.dependsOn, lookUp);
    if (verdict.kind === 'met') this.#dispatch(id, { kind: 'dependenciesMet', run, at });
    else if (verdict.kind === 'failed') {
      this.#dispatch(id, { kind: 'dependencyFailed', run, id: verdict.id, detail: verdict.detail, at });
    } else this.#dispatch(id, { kind: 'dependenciesPending', run, waitingFor: verdict.waitingFor });
  }

  /** An effect of a run that is not the latest any more finds its own run only while that one is still kept. */
  #runFor(id: string, run: string): Run | undefined {
    const present = this.#runs.get(id);
    if (present?.id === run) return present;
    const service = this.store.get(id);
    if (service === undefined) return undefined;
    const isLaunching = (): boolean => {
      const lifecycle = this.store.get(id)?.state.lifecycle;
      return lifecycle?.kind === 'launching' && lifecycle.run === run && !this.#lifetime.isOver;
    };
    const swept = present?.swept ?? Promise.resolve();
    const created = new Run(run, service.spec, this.world, { tell: (event) => this.#dispatch(id, event), isLaunching, swept });
    this.#runs.set(id, created);
    return created;
  }

  #runById(run: string): Run | undefined {
    for (const found of this.#runs.values()) if (found.id === run) return found;
    return undefined;
  }

  #log({ spec, state }: Service, next: Lifecycle, event: ServiceEvent): void {
    const before = describe(state.lifecycle);
    const after = describe(next);
    if (before !== after) this.world.log.info(`${spec.id}: ${before} -> ${after} (${cause(event)})`);
  }
}

const isInside = (file: string, folder: string): boolean =>
  file.startsWith(folder.replace(/[\\/]*$/, '') + (folder.includes('\\') ? '\\' : '/'));

/** It would fail in the same way, until somebody changes something. */
const waitsForChange = (lifecycle: Lifecycle): boolean =>
  lifecycle.kind === 'failed' &&
  (lifecycle.failure.kind === 'setup' || (lifecycle.failure.kind === 'crashed' && lifecycle.failure.repeats !== undefined));

/**
 * A person starts whatever is needed. What starts by itself lets alone what somebody stopped, what waits for its next try and
 * what gave up: otherwise two services that crash together would restart each other without end.
 */
function mayStart(lifecycle: Lifecycle, by: StartedBy): boolean {
  if (by === 'user') return true;
  const wasNeverStarted = lifecycle.kind === 'stopped' && lifecycle.cause.kind === 'never';
  return wasNeverStarted || lifecycle.kind === 'exited';
}

const satisfies = (lifecycle: Lifecycle, condition: string): boolean =>
  condition === 'completed' && lifecycle.kind === 'exited' && lifecycle.exitCode === 0;

/** For the log: the state and its health in one phrase. */
function describe(lifecycle: Lifecycle): string {
  const health = 'health' in lifecycle ? `, ${lifecycle.health.kind}` : '';
  const pid = 'process' in lifecycle && lifecycle.process !== undefined ? `, pid ${lifecycle.process.pid}` : '';
  const failure = lifecycle.kind === 'failed' ? `, ${lifecycle.failure.kind}` : '';
  const phase = lifecycle.kind === 'stopping' ? `, ${lifecycle.phase}` : '';
  const step = lifecycle.kind === 'launching' && lifecycle.phase.kind === 'setup' ? `, ${lifecycle.phase.step.name}` : '';
  return `${lifecycle.kind}${step}${health}${phase}${failure}${pid}`;
}

function cause(event: ServiceEvent): string {
  switch (event.kind) {
    case 'startRequested':
    case 'restartRequested':
      return `${event.kind} by ${event.by}`;
    case 'probed':
      return event.outcome.ok
        ? `probe succeeded in ${Math.round(event.outcome.latencyMs)} ms`
        : `probe: ${event.outcome.failure.kind}`;
    case 'endExplained':
      return `${event.kind}, exit code ${event.exitCode ?? 'unknown'}${event.interrupted ? ', Ctrl+C' : ''}`;
    case 'launchRefused':
      return `${event.kind}: ${event.failure.kind}`;
    case 'setupStepStarted':
      return `${event.kind}: ${event.name}, ${event.number} of ${event.of}`;
    case 'setupFailed':
      return `${event.kind}: ${event.step}, ${event.cause.kind}`;
    case 'treeKilled':
      return `killed pid ${event.killed.join(', ') || 'none'}`;
    default:
      return event.kind;
  }
}
