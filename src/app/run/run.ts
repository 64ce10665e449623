/** One attempt to run a service: carries out the reducer's effects, and owns everything that lives as long as the run. */
import type { Effect } from '../../core/lifecycle/effects';
import type { Spare } from '../../core/lifecycle/events';
import { defined } from '../../core/model/defined';
import type { Listener, PortHolder, ProcessIdentity } from '../../core/model/process';
import { commandLine } from '../../core/model/service';
import type { ServiceSpec } from '../../core/model/service';
import { inspectHang } from './inspectHang';
import { Launching } from './launching';
import type { LaunchHost } from './launching';
import { Lifetime, Slot } from '../lifetime';
import { Listening } from './listening';
import type { ProcessTree } from '../ports';
import type { Survivors } from '../setup/settingUp';
import type { World } from '../world';

/** VS Code tells the exit code about 0.3 s after the end (seen on 1.139.1); past this (ms) it is not waited for. */
const explanationTime = 1500;

/** What a run needs of its supervisor. */
export type RunHost = Omit<LaunchHost, 'resisted'>;

/** Effects that lead to the end of a run, or look after it. */
type EndingEffect = Extract<
  Effect,
  { kind: 'interrupt' | 'awaitGone' | 'kill' | 'sweep' | 'after' | 'watchUnhealthy' | 'awaitExplanation' | 'release' }
>;

export class Run {
  readonly #lifetime = new Lifetime();
  readonly #probing = this.#lifetime.add(new Slot());
  readonly #listening: Listening;
  readonly #launching: Launching;
  #tree: ProcessTree | undefined;
  #killed: Promise<void> = Promise.resolve();
  #swept: Promise<unknown>;
  /** The terminal may tell of the end before the process is seen to be gone. */
  #told: { readonly exitCode: number | undefined; readonly interrupted: boolean; readonly at: number } | undefined;

  constructor(
    readonly id: string,
    readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: RunHost,
  ) {
    this.#swept = host.swept;
    this.#listening = new Listening(id, spec, () => world.clock.now(), host.tell);
    this.#launching = new Launching(id, spec, world, { ...host, resisted: (survivors) => this.#resisted(survivors) });
  }

  perform(effect: Effect): void {
    void this.#perform(effect);
  }

  /** Takes a chunk of the service's output. */
  wrote(chunk: string): void {
    this.#listening.wrote(chunk);
  }

  /** The terminal says that the task is over. */
  ended(exitCode: number | undefined, typedInto: boolean): void {
    const interrupted = this.#listening.wasInterrupted(exitCode, typedInto);
    this.#told = { exitCode, interrupted, at: this.world.clock.now() };
    this.#explain(exitCode, interrupted);
  }

  get swept(): Promise<unknown> {
    return this.#swept;
  }

  /** The last lines of output, oldest first. */
  lines(): readonly string[] {
    return this.#listening.lines();
  }

  /** Leaves processes and the ledger's note alone: the window goes, the services stay. */
  detach(): void {
    this.#lifetime.dispose();
    this.#tree?.dispose();
    this.#tree = undefined;
  }

  #perform(effect: Effect): unknown {
    const { world, spec } = this;
    switch (effect.kind) {
      case 'launch':
        return this.#launching.launch(effect.by);
      case 'callOffSetup':
        return this.#launching.callOffSetup();
      case 'askAboutPort':
        return this.#launching.askAboutPort(effect.owners);
      case 'freePort':
        return this.#launching.freePort(effect.owners, effect.by);
      case 'showSetup':
        return world.shouldReveal('failed') && world.steps.show(spec.id, 'keepFocus');
      case 'showTerminal':
        return world.shouldReveal(effect.when) && world.terminals.show(spec.id, 'keepFocus');
      case 'offerPort':
        return world.offerPort(spec, effect.port);
      case 'follow':
        return this.#follow(effect.process, effect.startedAt);
      case 'watch':
        return this.#watch(effect.process);
      case 'noteReady':
        return this.#noteReady(effect.at);
      case 'probe':
        return this.#probeAfter(effect.delay);
      case 'stopProbing':
        return this.#probing.dispose();
      case 'inspectHang':
        return this.#inspectHang();
      case 'awaitDependencies':
        // Concerns other services: the supervisor performs it.
        return undefined;
      default:
        return this.#performEnding(effect);
    }
  }

  #performEnding(effect: EndingEffect): unknown {
    switch (effect.kind) {
      case 'interrupt':
        return this.#interrupt(effect);
      case 'awaitGone':
        return this.#awaitGone();
      case 'kill':
        return (this.#killed = this.#kill());
      case 'sweep':
        return (this.#swept = this.#sweep());
      case 'after':
        return this.#after(effect.delay, () => this.host.tell(effect.event));
      case 'watchUnhealthy':
        return this.#after(effect.delay, () => this.#tellUnhealthy(effect.since));
      case 'awaitExplanation':
        return this.#awaitExplanation();
      case 'release':
        return this.#release();
    }
  }

  /** What could not be ended is followed, so that a stop can try again and its end is seen. */
  #resisted({ tree, outcome }: Survivors): void {
    this.#tree = tree;
    this.host.tell({ kind: 'treeKilled', run: this.id, ...outcome, at: this.world.clock.now() });
    void this.#awaitGone();
  }

  #follow(process: ProcessIdentity, startedAt: number): void {
    const { trees, ledger } = this.world;
    const { spec, id: run } = this;
    const { port } = spec;
    this.#tree = trees.open({ process, marker: run, ...(port === undefined ? {} : { port }) });
    this.#watch(process);
    const known = ledger.read(spec.folder, spec.key);
    // An adopted run is noted already, and whether it was ready with it.
    if (known?.run === run) return;
    const command = commandLine(spec);
    const cwd = this.world.folderOf(spec);
    ledger.write({
      ...{ folder: spec.folder, key: spec.key, run, process, command, cwd, startedAt },
      ...(port === undefined ? {} : { port }),
    });
  }

  #noteReady(readyAt: number): void {
    const { ledger } = this.world;
    const entry = ledger.read(this.spec.folder, this.spec.key);
    if (entry?.run === this.id) ledger.write({ ...entry, readyAt });
  }

  #watch(process: ProcessIdentity): void {
    const { clock, trees } = this.world;
    const gone = (): void =>
      this.host.tell({ kind: 'processGone', run: this.id, at: clock.now(), ...this.#listening.lastLine(undefined) });
    this.#lifetime.add(trees.watchExit(process, gone));
  }

  #probeAfter(delay: number): void {
    const { clock, prober } = this.world;
    const { probe, port, env } = this.spec;
    if (probe === undefined) return;
    const abort = new AbortController();
    const timer = clock.after(delay, () => {
      const request = { probe, cwd: this.world.folderOf(this.spec), env, ...(port === undefined ? {} : { port }) };
      void prober.probe(request, abort.signal).then((outcome) => {
        if (!abort.signal.aborted) this.host.tell({ kind: 'probed', run: this.id, outcome });
      });
    });
    this.#probing.set({
      dispose: () => {
        timer.dispose();
        abort.abort('over');
      },
    });
  }

  async #interrupt({ signal, command }: Extract<Effect, { kind: 'interrupt' }>): Promise<void> {
    if (command !== undefined) {
      const said = await this.world.runStopCommand(this.spec, command);
      this.world.log.info(`${this.spec.id}: stopCommand: ${said}`);
      return;
    }
    if (this.world.stopsByTyping) {
      // A look before the stop: Windows keeps no parent of a process whose parent is gone.
      await this.#tree?.members();
      if (this.world.terminals.typeControl(this.id, 'C')) return;
    }
    await this.#tree?.interrupt(signal);
  }

  async #awaitGone(): Promise<void> {
    const abort = new AbortController();
    this.#lifetime.add({ dispose: () => abort.abort() });
    const departure = await this.#tree?.gone(abort.signal).catch(() => undefined);
    // Whom a kill hit is told first: it belongs to what is said of the stop.
    await this.#killed;
    if (departure === undefined || abort.signal.aborted) return;
    const portHeldBy = departure.portFree ? undefined : await this.#holdersOf(departure.holders);
    this.host.tell({ kind: 'treeGone', run: this.id, portHeldBy, at: this.world.clock.now() });
  }

  async #kill(): Promise<void> {
    const outcome = await this.#tree?.kill();
    if (outcome === undefined) return;
    this.host.tell({ kind: 'treeKilled', run: this.id, ...outcome, at: this.world.clock.now() });
  }

  /** Takes the tree with it: the run itself may be released while this goes on. */
  async #sweep(): Promise<void> {
    const tree = this.#tree;
    this.#tree = undefined;
    if (tree === undefined) return;
    const { killed } = await tree.kill();
    if (killed.length > 0) {
      this.world.log.warn(`${this.spec.id}: ended what its crashed process left behind (pid ${killed.join(', ')}).`);
    }
    tree.dispose();
  }

  #release(): void {
    this.detach();
    this.world.ledger.remove({ folder: this.spec.folder, key: this.spec.key, run: this.id });
  }

  #awaitExplanation(): void {
    this.world.ledger.remove({ folder: this.spec.folder, key: this.spec.key, run: this.id });
    const told = this.#told;
    if (told !== undefined && this.world.clock.now() - told.at < explanationTime) this.#explain(told.exitCode, told.interrupted);
    else this.#after(explanationTime, () => this.#explain(undefined, false));
  }

  #explain(exitCode: number | undefined, interrupted: boolean): void {
    const at = this.world.clock.now();
    const event = { kind: 'endExplained', run: this.id, exitCode, interrupted, spare: this.#spare(), at } as const;
    this.host.tell({ ...event, ...this.#listening.lastLine(exitCode) });
  }

  #tellUnhealthy(since: number): void {
    const at = this.world.clock.now();
    const paused = this.world.isPausedInDebugger();
    this.host.tell({ kind: 'unhealthyTooLong', run: this.id, since, paused, spare: this.#spare(), at });
  }

  async #inspectHang(): Promise<void> {
    const evidence = await inspectHang(this.spec.port, this.#tree, this.world.portTable);
    this.host.tell({ kind: 'hangInspected', run: this.id, evidence });
  }

  #spare(): Spare {
    return { run: this.world.newRun(), chance: this.world.chance() };
  }

  #after(delay: number, call: () => void): void {
    this.#lifetime.add(this.world.clock.after(delay, call));
  }

  async #holdersOf(listeners: readonly Listener[]): Promise<readonly PortHolder[]> {
    const pids = [...new Set(listeners.flatMap((listener) => listener.pids))];
    if (pids.length === 0) return [];
    const table = await this.world.processes.list();
    const rows = table.kind === 'known' ? table.value : [];
    return pids.map((pid) => ({ pid, ...defined({ command: rows.find((row) => row.pid === pid)?.command }) }));
  }
}
