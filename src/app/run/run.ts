/** One attempt to run a service: performs the reducer's effects, and owns everything that lives as long as the run. */
import type { Effect } from '../../core/lifecycle/effects';
import type { RunEvent, Spare } from '../../core/lifecycle/events';
import { defined } from '../../core/model/defined';
import type { ProbeOutcome } from '../../core/model/health';
import { identityOf } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { RunOutput } from '../../core/output/runOutput';
import type { StyledLine } from '../../core/output/outputTail';
import { noteOf } from '../ledger';
import { Lifetime } from '../lifetime';
import type { ProcessTree } from '../ports';
import type { Survivors } from '../setup/settingUp';
import { hasJumped, momentOf } from '../timeJump';
import type { World } from '../world';
import { EndWatch } from './endWatch';
import { fallbackOf } from './fallback';
import { inspectHang } from './inspectHang';
import { Launching } from './launching';
import type { LaunchHost } from './launching';
import { Listening } from './listening';
import { PartWatch } from './partWatch';
import { ProbeSchedule } from './probeSchedule';
import { RunTree } from './runTree';

/** VS Code reports the exit code about 0.3 s after the end (seen on 1.139.1). */
const exitReportTimeoutMs = 1500;

/** Delays that give a service time, or judge it when they are over. */
const grants: ReadonlySet<RunEvent['kind']> = new Set(['graceOver', 'launchOverdue', 'stable']);

/** Nothing is listening any more, or a connection was closed: so ends a server. */
const isCutOff = (outcome: ProbeOutcome): boolean =>
  !outcome.ok && (outcome.failure.kind === 'refused' || outcome.failure.kind === 'reset');

/** What a run needs of its supervisor. */
export type RunHost = Omit<LaunchHost, 'resisted'>;

/** Each kind of effect by its name, so that the compiler pairs every effect with what performs it. */
type EffectOf = { readonly [K in Effect['kind']]: Extract<Effect, { kind: K }> };

export class Run {
  readonly #lifetime = new Lifetime();
  readonly #probing: ProbeSchedule;
  readonly #listening: Listening;
  readonly #launching: Launching;
  readonly #processes: RunTree;
  /** The terminal may report the end before the process is seen to be gone. */
  #reported: { readonly exitCode: number | undefined; readonly interrupted: boolean; readonly elapsed: number } | undefined;
  /** What was reported of the end. */
  #explained: { readonly exitCode: number | undefined } | undefined;
  readonly #end: EndWatch;
  #isAnswering = false;

  constructor(
    readonly id: string,
    readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: RunHost,
  ) {
    this.#processes = new RunTree(id, spec, world, {
      ...{ report: host.report, lifetime: this.#lifetime, swept: host.swept },
      partial: () => this.#listening.partial,
    });
    const parts = new PartWatch(spec, {
      clock: world.clock,
      lines: () => this.#listening.lines(),
      tree: () => this.#processes,
      report: (ended) => host.report({ kind: 'partsSeen', run: id, ended }),
      owns: (timer) => this.#lifetime.add(timer),
    });
    const heard = (event: RunEvent): void => {
      if (event.kind === 'reloadSeen') this.#processes.tree?.expectChange();
      host.report(event);
    };
    const keep = (lines: readonly StyledLine[]): void => world.logs.append(identityOf(spec), id, lines, world.clock.now());
    this.#listening = new Listening({ run: id, spec, now: () => world.clock.now(), report: heard, keep }, parts);
    this.#probing = this.#lifetime.add(
      new ProbeSchedule(spec, world, {
        probed: (outcome) => this.#probed(outcome),
        jumped: () => this.#reportJump(),
        failed: (error) => this.#failed({ kind: 'probe', run: id, delay: 0 }, error),
      }),
    );
    this.#end = this.#lifetime.add(
      new EndWatch(spec, world, {
        gone: () => this.#gone(),
        containerChanged: () => this.#probing.after({ delay: 0 }),
      }),
    );
    this.#launching = new Launching(id, spec, world, { ...host, resisted: (survivors) => this.#resisted(survivors) });
  }

  /** Never throws: an effect that fails is logged, and reported where something waits for its outcome. */
  perform(effect: Effect): void {
    try {
      const done = this.#perform(effect.kind, effect);
      if (done instanceof Promise) done.catch((error: unknown) => this.#failed(effect, error));
    } catch (error) {
      // After the other effects of the same step.
      queueMicrotask(() => this.#failed(effect, error));
    }
  }

  /** Takes a chunk of the service's output, which may arrive after its end. */
  wrote(chunk: string): void {
    this.#listening.wrote(chunk);
    if (this.#explained === undefined) return;
    const { lastLine } = this.#listening.lastLine(this.#explained.exitCode);
    if (lastLine !== undefined) this.host.report({ kind: 'lastLineSeen', run: this.id, lastLine });
  }

  /** Takes the terminal's report that the task is over. */
  ended(exitCode: number | undefined, typedInto: boolean): void {
    this.#listening.ended();
    const interrupted = this.#listening.wasInterrupted(exitCode, typedInto);
    this.#reported = { exitCode, interrupted, elapsed: this.world.clock.elapsed() };
    this.#explain(exitCode, interrupted);
  }

  debuggerChanged(isPaused: boolean): void {
    this.host.report({ kind: isPaused ? 'debuggerPaused' : 'debuggerResumed', run: this.id, at: this.world.clock.now() });
  }

  /** Its processes while they are followed. */
  get tree(): ProcessTree | undefined {
    return this.#processes.tree;
  }

  /** Settles when what this run, or the one before, left behind is ended. */
  get swept(): Promise<unknown> {
    return this.#processes.swept;
  }

  output(): RunOutput {
    return { lines: this.#listening.lines(), linesBeforeHealthy: this.#listening.linesBeforeHealthy };
  }

  /** Leaves processes and the ledger's entry alone: the window goes, the services stay. */
  detach(): void {
    this.#lifetime.dispose();
    this.#processes.detach();
  }

  #perform<K extends Effect['kind']>(kind: K, effect: EffectOf[K]): unknown {
    return this.#performers[kind](effect);
  }

  readonly #performers: { readonly [K in Effect['kind']]: (effect: EffectOf[K]) => unknown } = {
    // Concerns other services: the supervisor performs it.
    awaitDependencies: () => undefined,
    launch: ({ by }) => this.#launching.launch(by),
    callOffSetup: () => this.#launching.callOffSetup(),
    showSetup: () => this.world.shouldReveal('failed') && this.world.steps.show(this.spec.id, 'keepFocus'),
    askAboutPort: ({ owners }) => this.#launching.askAboutPort(owners),
    freePort: ({ owners, by }) => this.#launching.freePort(owners, by),
    follow: (effect) => this.#follow(effect),
    watch: ({ process }) => this.#end.watch(process),
    noteReady: ({ at }) => this.#noteReady(at),
    probe: (effect) => this.#probing.after(effect),
    stopProbing: () => {
      this.#end.leaveContainer();
      this.#probing.dispose();
    },
    interrupt: (effect) => {
      this.#end.suspect();
      return this.#processes.interrupt(effect);
    },
    awaitGone: () => this.#processes.awaitGone(),
    kill: () => {
      this.#end.suspect();
      return this.#processes.kill();
    },
    after: ({ delay, event }) => {
      if (grants.has(event.kind)) this.#afterFairly(delay, () => this.host.report(event));
      else this.#after(delay, () => this.host.report(event));
    },
    sweep: () => this.#processes.sweep(),
    release: () => this.#release(),
    awaitExplanation: () => this.#awaitExplanation(),
    inspectHang: () => this.#inspectHang(),
    watchUnhealthy: ({ delay, since }) => this.#afterFairly(delay, () => this.#reportUnhealthy(since)),
    offerPort: ({ port }) => this.world.offerPort(this.spec, port),
    showTerminal: ({ when }) => this.world.shouldReveal(when) && this.world.terminals.show(this.spec.id, 'keepFocus'),
  };

  #failed(effect: Effect, error: unknown): void {
    const detail = error instanceof Error ? error.message : String(error);
    this.world.log.error(`${this.spec.id}: ${effect.kind} failed: ${detail}`);
    const fallback = fallbackOf(effect, { detail, at: this.world.clock.now(), pid: this.#processes.pid });
    if (fallback !== undefined) this.host.report(fallback);
  }

  /** Follows what could not be ended, so that a stop can try again and its end is seen. */
  #resisted({ tree, outcome }: Survivors): void {
    this.#processes.take(tree);
    this.host.report({ kind: 'treeKilled', run: this.id, ...outcome, at: this.world.clock.now() });
    this.perform({ kind: 'awaitGone', run: this.id });
  }

  #follow({ process, startedAt, by }: EffectOf['follow']): void {
    const { ledger } = this.world;
    const { spec, id: run } = this;
    const { folder, key } = spec;
    this.#processes.follow(process, startedAt);
    this.#end.follow(process);
    const known = ledger.read(folder, key);
    // The entry of an adopted run says whether it was ready; written again, it names this window.
    ledger.write(
      known?.run === run ? known : noteOf(spec, { run, process, cwd: this.world.folderOf(spec), startedAt, ...defined({ by }) }),
    );
  }

  #noteReady(readyAt: number): void {
    const { ledger } = this.world;
    const entry = ledger.read(this.spec.folder, this.spec.key);
    if (entry?.run === this.id) ledger.write({ ...entry, readyAt });
  }

  #gone(): void {
    const at = this.world.clock.now();
    this.host.report({ kind: 'processGone', run: this.id, at, ...this.#listening.lastLine(undefined) });
  }

  #probed(outcome: ProbeOutcome): void {
    this.#listening.probed(outcome.ok);
    if (this.#isAnswering && isCutOff(outcome)) {
      this.#end.suspect();
      this.#processes.tree?.expectChange();
    }
    this.#isAnswering = outcome.ok;
    this.host.report({ kind: 'probed', run: this.id, outcome });
  }

  #release(): void {
    this.detach();
    this.#forget();
  }

  #forget(): void {
    const { folder, key } = this.spec;
    this.world.ledger.remove({ folder, key, run: this.id });
  }

  #awaitExplanation(): void {
    const reported = this.#reported;
    const isRecent = reported !== undefined && this.world.clock.elapsed() - reported.elapsed < exitReportTimeoutMs;
    if (isRecent) this.#explain(reported.exitCode, reported.interrupted);
    else this.#after(exitReportTimeoutMs, () => this.#explain(undefined, false));
    this.#forget();
  }

  /** Not before it is known whether the service goes on in the background: then its exit explains nothing. */
  #explain(exitCode: number | undefined, interrupted: boolean): void {
    const { searched } = this.#processes;
    if (searched === undefined) this.#reportExplained(exitCode, interrupted);
    else void searched.then(() => this.#reportExplained(exitCode, interrupted));
  }

  #reportExplained(exitCode: number | undefined, interrupted: boolean): void {
    const at = this.world.clock.now();
    const event = { kind: 'endExplained', run: this.id, exitCode, interrupted, spare: this.#spare(), at } as const;
    this.host.report({ ...event, ...this.#listening.lastLine(exitCode) });
    this.#explained = { exitCode };
  }

  #reportUnhealthy(since: number): void {
    const at = this.world.clock.now();
    const paused = this.world.debuggers.isPaused(this.spec);
    this.host.report({ kind: 'unhealthyTooLong', run: this.id, since, paused, spare: this.#spare(), at });
  }

  async #inspectHang(): Promise<void> {
    const evidence = await inspectHang(this.spec.port, this.#processes.tree, this.world.portTable);
    this.host.report({ kind: 'hangInspected', run: this.id, evidence });
  }

  #spare(): Spare {
    return { run: this.world.newRun(), chance: this.world.chance() };
  }

  /** Time that nothing could be done in counts for nothing: `delay` begins again after it. */
  #afterFairly(delay: number, call: () => void): void {
    const { clock } = this.world;
    const began = momentOf(clock);
    this.#after(delay, () => {
      if (!hasJumped(clock, began, delay)) return call();
      this.#reportJump();
      this.#afterFairly(delay, call);
    });
  }

  #reportJump(): void {
    this.host.report({ kind: 'timeJumped', run: this.id, at: this.world.clock.now() });
  }

  #after(delay: number, call: () => void): void {
    this.#lifetime.add(this.world.clock.after(delay, call));
  }
}
