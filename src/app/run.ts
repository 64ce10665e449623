/** One attempt to run a service: carries out the reducer's effects, and owns everything that lives as long as the run. */
import type { Effect } from '../core/effects';
import type { RunEvent } from '../core/events';
import { echoesCtrlC, lineMatcher, OutputTail, tellingLine } from '../core/output';
import type { Listener, ProcessIdentity } from '../core/process';
import type { ServiceSpec } from '../core/service';
import type { StartedBy } from '../core/state';
import { Lifetime, Slot } from './lifetime';
import type { ProcessTree } from './ports';
import type { World } from './world';

export class Run {
  readonly #lifetime = new Lifetime();
  readonly #probing = this.#lifetime.add(new Slot());
  readonly #output = new OutputTail();
  readonly #isReadyLine: (line: string) => boolean;
  #tree: ProcessTree | undefined;

  constructor(
    readonly id: string,
    readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly tell: (event: RunEvent) => void,
  ) {
    this.#isReadyLine = spec.readyLine === undefined ? () => false : lineMatcher(spec.readyLine);
  }

  perform(effect: Effect): void {
    switch (effect.kind) {
      case 'launch':
        return void this.#launch(effect.by);
      case 'follow':
        return this.#follow(effect.process, effect.startedAt);
      case 'probe':
        return this.#probeAfter(effect.delay);
      case 'stopProbing':
        return this.#probing.dispose();
      case 'interrupt':
        return void this.#interrupt(effect);
      case 'awaitGone':
        return void this.#awaitGone();
      case 'kill':
        return void this.#kill();
      case 'after':
        this.#lifetime.add(this.world.clock.after(effect.delay, () => this.tell(effect.event)));
        return;
      case 'sweep':
        return void this.#sweep();
      case 'release':
        return this.#release();
      case 'showTerminal':
        return this.world.reveal(this.spec.id, effect.when);
      case 'awaitDependencies':
        // Concerns other services: the supervisor looks after it.
        return;
    }
  }

  /** Takes a chunk of the service's output. */
  wrote(chunk: string): void {
    const lines = this.#output.append(chunk);
    if (lines.some(this.#isReadyLine)) this.tell({ kind: 'readyLineSeen', run: this.id, at: this.world.clock.now() });
  }

  /** The terminal says that the task is over. */
  ended(exitCode: number | undefined, typedInto: boolean): void {
    const lines = this.#output.lines();
    // 130 is what a shell reports for SIGINT; without readable output a plain end after typing is taken for Ctrl+C.
    const interrupted =
      typedInto && (exitCode === 130 || (lines.length > 0 ? echoesCtrlC(lines) : exitCode === undefined || exitCode === 0));
    this.tell({ kind: 'endExplained', run: this.id, exitCode, interrupted, at: this.world.clock.now(), ...this.#lastLine() });
  }

  /** The last lines of output, oldest first. */
  lines(): readonly string[] {
    return this.#output.lines();
  }

  async #launch(by: StartedBy): Promise<void> {
    const { clock, preflight, terminals } = this.world;
    const prepared = await preflight.prepare(this.spec);
    if (!prepared.ok) return this.tell({ kind: 'launchRefused', run: this.id, failure: prepared.failure, at: clock.now() });
    const result = await terminals.launch({ spec: this.spec, run: this.id, launch: prepared.launch, by });
    const at = clock.now();
    if (result.ok) this.tell({ kind: 'launched', run: this.id, process: result.process, at });
    else this.tell({ kind: 'launchRefused', run: this.id, failure: result.failure, at });
  }

  #follow(process: ProcessIdentity, startedAt: number): void {
    const { trees, ledger, clock } = this.world;
    const { spec, id: run } = this;
    const { port } = spec;
    this.#tree = trees.open({ process, marker: run, ...(port === undefined ? {} : { port }) });
    this.#lifetime.add(
      trees.watchExit(process, () => this.tell({ kind: 'processGone', run, at: clock.now(), ...this.#lastLine() })),
    );
    const command = typeof spec.command === 'string' ? spec.command : spec.command.join(' ');
    const cwd = this.world.folderOf(spec);
    ledger.write({ folder: spec.folder, key: spec.key, run, process, command, cwd, startedAt, ...(port === undefined ? {} : { port }) });
  }

  #probeAfter(delay: number): void {
    const { clock, prober } = this.world;
    const { probe, port, env } = this.spec;
    if (probe === undefined) return;
    const abort = new AbortController();
    const timer = clock.after(delay, () => {
      const request = { probe, cwd: this.world.folderOf(this.spec), env, ...(port === undefined ? {} : { port }) };
      void prober.probe(request, abort.signal).then((outcome) => {
        if (!abort.signal.aborted) this.tell({ kind: 'probed', run: this.id, outcome });
      });
    });
    this.#probing.set({
      dispose: () => {
        timer.dispose();
        abort.abort();
      },
    });
  }

  async #interrupt({ signal, command }: Extract<Effect, { kind: 'interrupt' }>): Promise<void> {
    if (command !== undefined) return this.world.runStopCommand(this.spec, command);
    if (signal === 'SIGINT' && this.world.stopsByTyping) {
      if (this.world.terminals.typeCtrlC(this.id)) return;
    }
    await this.#tree?.interrupt(signal);
  }

  async #awaitGone(): Promise<void> {
    const abort = new AbortController();
    this.#lifetime.add({ dispose: () => abort.abort() });
    const departure = await this.#tree?.gone(abort.signal).catch(() => undefined);
    if (departure === undefined || abort.signal.aborted) return;
    const portHeldBy = departure.portFree ? undefined : await this.#describe(departure.holders);
    this.tell({ kind: 'treeGone', run: this.id, portHeldBy, at: this.world.clock.now() });
  }

  async #kill(): Promise<void> {
    const outcome = await this.#tree?.kill();
    if (outcome === undefined) return;
    this.tell({ kind: 'treeKilled', run: this.id, ...outcome, at: this.world.clock.now() });
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
    this.#lifetime.dispose();
    this.#tree?.dispose();
    this.#tree = undefined;
    this.world.ledger.remove(this.spec.folder, this.spec.key);
  }

  /** Leaves processes and the ledger's note alone: the window goes, the services stay. */
  detach(): void {
    this.#lifetime.dispose();
    this.#tree?.dispose();
    this.#tree = undefined;
  }

  async #describe(holders: readonly Listener[]): Promise<string> {
    const pids = [...new Set(holders.flatMap((holder) => holder.pids))];
    if (pids.length === 0) return 'a process that cannot be seen from here';
    const table = await this.world.processes.list();
    const rows = table.kind === 'known' ? table.value : [];
    return pids.map((pid) => `pid ${pid} (${rows.find((row) => row.pid === pid)?.command ?? 'unknown command'})`).join(', ');
  }

  #lastLine(): { lastLine?: string } {
    const lastLine = tellingLine(this.#output.lines());
    return lastLine === undefined ? {} : { lastLine };
  }
}
