/** The process tree of one run: followed from its first process on, asked to exit, killed, and swept after a crash. */
import type { Effect } from '../../core/lifecycle/effects';
import type { RunEvent } from '../../core/lifecycle/events';
import type { RunId } from '../../core/lifecycle/state';
import { isUp } from '../../core/compose/choose';
import { defined } from '../../core/model/defined';
import type { Listener, PortHolder, ProcessIdentity } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import type { StopWay } from '../../core/model/stopWay';
import type { Lifetime } from '../lifetime';
import type { ProcessTree } from '../ports';
import type { World } from '../world';
import { BatchAnswers } from './batchAnswers';
import { findDaemon } from './findDaemon';

interface RunTreeHost {
  readonly report: (event: RunEvent) => void;
  /** The line of output that is not over yet. */
  readonly partial: () => string;
  /** Ends with the run. */
  readonly lifetime: Lifetime;
  /** Settles when what the run before left behind is ended. */
  readonly swept: Promise<unknown>;
}

export class RunTree {
  #tree: ProcessTree | undefined;
  #leader: ProcessIdentity | undefined;
  #startedAt = 0;
  #killed: Promise<void> = Promise.resolve();
  #swept: Promise<unknown>;
  #searched: Promise<unknown> | undefined;

  constructor(
    private readonly run: RunId,
    private readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: RunTreeHost,
  ) {
    this.#swept = host.swept;
  }

  /** The tree while it is followed. */
  get tree(): ProcessTree | undefined {
    return this.#tree;
  }

  /** The leader; undefined before there is one. */
  get pid(): number | undefined {
    return this.#leader?.pid;
  }

  get swept(): Promise<unknown> {
    return this.#swept;
  }

  /** Settles when it is known whether the exited process left its server in the background; undefined while that is not looked for. */
  get searched(): Promise<unknown> | undefined {
    return this.#searched;
  }

  /** `startedAt` is in ms since the epoch. */
  follow(process: ProcessIdentity, startedAt: number): void {
    this.#leader = process;
    this.#startedAt = startedAt;
    // The port of a container is the engine's, which frees it.
    const port = this.spec.compose === undefined ? this.spec.port : undefined;
    this.take(this.world.trees.open({ process, marker: this.run, ...defined({ port }) }));
  }

  /** Takes over a tree that is already open, in the place of the one before. */
  take(tree: ProcessTree): void {
    this.#tree?.dispose();
    this.#tree = tree;
  }

  /** A paused process reacts to no signal, and one that is debugged waits at its end until the debugger has left. */
  async interrupt({ signal, command }: Extract<Effect, { kind: 'interrupt' }>): Promise<void> {
    await this.world.debuggers.detach(this.spec);
    const report = (way: StopWay): void => this.host.report({ kind: 'asked', run: this.run, way });
    if (command !== undefined) {
      report('command');
      const output = await this.world.runStopCommand(this.spec, command);
      this.world.log.info(`${this.spec.id}: stopCommand: ${output}`);
      return;
    }
    const asked = this.world.stopsByTyping ? await this.#askByTyping() : await this.#tree?.interrupt(signal);
    if (asked === 'asked') report(this.world.stopsByTyping ? 'typed' : signal);
    if (asked !== 'impossible') return;
    report('nothing');
    // What cannot be asked needs no time to react.
    this.host.report({ kind: 'graceOver', run: this.run });
  }

  /** Nothing reads the terminal of a process that is gone. */
  async #askByTyping(): Promise<'asked' | 'impossible'> {
    const tree = this.#tree;
    if (tree === undefined || this.#leader === undefined) return 'asked';
    // A look before the stop: it remembers all members before the first of them can vanish.
    await tree.members();
    const { clock, processes, terminals } = this.world;
    if (!processes.isAlive(this.#leader) || !terminals.typeControl(this.run, 'C')) return 'impossible';
    const answering = new BatchAnswers(this.run, { clock, terminals, tree, partial: this.host.partial });
    this.host.lifetime.add(answering);
    answering.begin();
    return 'asked';
  }

  async awaitGone(): Promise<void> {
    const abort = new AbortController();
    this.host.lifetime.add({ dispose: () => abort.abort() });
    const departure = await this.#tree?.gone(abort.signal).catch((error: unknown) => {
      if (abort.signal.aborted) return undefined;
      throw error;
    });
    // Wait for the kill report first: the stop message includes the killed pids.
    await Promise.allSettled([this.#killed]);
    if (departure === undefined || abort.signal.aborted) return;
    const isOver = await this.#stopContainer(abort.signal);
    if (isOver) return;
    const portHeldBy = departure.portFree ? undefined : await this.#holdersOf(departure.holders);
    this.host.report({ kind: 'treeGone', run: this.run, portHeldBy, at: this.world.clock.now() });
  }

  kill(): Promise<void> {
    void this.world.debuggers.detach(this.spec);
    return (this.#killed = this.#kill());
  }

  sweep(): Promise<void> {
    void this.world.debuggers.detach(this.spec);
    const swept = this.#sweep();
    this.#swept = swept;
    return swept;
  }

  /** Follows no more; the processes go on. */
  detach(): void {
    this.#tree?.dispose();
    this.#tree = undefined;
  }

  /** What followed it may have ended before it, as with a terminal that was closed: stopped means that it does not run. Returns whether the run is over. */
  async #stopContainer(over: AbortSignal): Promise<boolean> {
    if (this.spec.compose === undefined) return false;
    const { containers, log } = this.world;
    const seen = await containers.look(this.spec);
    if (seen.kind === 'unavailable') log.warn(`${this.spec.id}: whether its container has stopped is not known: ${seen.why}`);
    else if (seen.value !== undefined && isUp(seen.value.state)) log.info(`${this.spec.id}: ${await containers.stop(this.spec)}`);
    return over.aborted;
  }

  async #kill(): Promise<void> {
    // Before what follows it, so that its end is seen.
    if (this.spec.compose !== undefined) this.world.log.info(`${this.spec.id}: ${await this.world.containers.kill(this.spec)}`);
    const outcome = await this.#tree?.kill();
    if (outcome === undefined) return;
    this.host.report({ kind: 'treeKilled', run: this.run, ...outcome, at: this.world.clock.now() });
  }

  /** Takes the tree with it: the run itself may be released while this goes on. */
  async #sweep(): Promise<void> {
    const tree = this.#tree;
    this.#tree = undefined;
    if (tree === undefined) return;
    try {
      const search = this.#daemonOf(tree);
      this.#searched = search;
      const daemon = await search;
      this.#searched = undefined;
      if (daemon !== undefined) {
        const at = this.world.clock.now();
        this.host.report({ kind: 'leftTerminal', run: this.run, process: daemon, startedAt: this.#startedAt, at });
        return;
      }
      const { killed } = await tree.kill();
      if (killed.length === 0) return;
      this.world.log.warn(`${this.spec.id}: ended what its crashed process left behind (pid ${killed.join(', ')}).`);
    } finally {
      tree.dispose();
    }
  }

  /** A failed look is no reason to keep what a crash left behind. */
  #daemonOf(tree: ProcessTree): Promise<ProcessIdentity | undefined> {
    const left = { spec: this.spec, leader: this.pid ?? 0, startedAt: this.#startedAt, tree };
    return findDaemon(left, this.world).catch(() => undefined);
  }

  async #holdersOf(listeners: readonly Listener[]): Promise<readonly PortHolder[]> {
    const pids = [...new Set(listeners.flatMap((listener) => listener.pids))];
    if (pids.length === 0) return [];
    const table = await this.world.processes.list();
    const rows = table.kind === 'known' ? table.value : [];
    return pids.map((pid) => ({ pid, ...defined({ command: rows.find((row) => row.pid === pid)?.command }) }));
  }
}
