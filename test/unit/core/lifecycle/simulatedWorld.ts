/**
 * A tiny world around the reducer: processes, launches under way, questions, timers, and facts that arrive late, twice or in
 * another order than they happened. It only ever reports what is true in it, at the time the fact was made.
 */
import assert from 'node:assert/strict';
import type { Effect } from '../../../../src/core/lifecycle/effects';
import type { RunEvent, ServiceEvent } from '../../../../src/core/lifecycle/events';
import type { PortHolder, PortOwner } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { initialState } from '../../../../src/core/lifecycle/state';
import type { ServiceState } from '../../../../src/core/lifecycle/state';
import { transition } from '../../../../src/core/lifecycle/transition';
import { checkStep } from './invariants';

/** Whatever the service started, of one run. */
interface Tree {
  leaderLives: boolean;
  orphansLive: boolean;
}

export class SimulatedWorld {
  state: ServiceState = initialState;
  now = 1000;
  readonly trees = new Map<string, Tree>();
  /** Runs whose launch is under way and has not told how it went. */
  readonly launching = new Set<string>();
  readonly questions = new Set<string>();
  readonly asked = new Set<string>();
  readonly awaitedGone = new Set<string>();
  readonly released = new Set<string>();
  readonly followed = new Set<string>();
  readonly watchedStrangers = new Set<string>();
  readonly timers: { readonly run: string; readonly event: RunEvent }[] = [];
  /** Facts on their way. */
  readonly facts: RunEvent[] = [];
  readonly told: RunEvent[] = [];
  launches = 0;
  #runs = 0;

  constructor(readonly spec: ServiceSpec) {}

  newRun(): string {
    this.#runs += 1;
    return `r${this.#runs}`;
  }

  get runs(): readonly string[] {
    return [...this.trees.keys()];
  }

  lives(run: string): boolean {
    const tree = this.trees.get(run);
    return tree !== undefined && (tree.leaderLives || tree.orphansLive);
  }

  handle(event: ServiceEvent): void {
    this.now += 1;
    const before = this.state;
    const { state, effects } = transition({ state: before, spec: this.spec }, event);
    checkStep({ before, event, state, effects, spec: this.spec });
    this.state = state;
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    const { run } = effect;
    if (!['release', 'showTerminal', 'showSetup'].includes(effect.kind)) {
      assert.ok(!this.released.has(run), `${effect.kind} for ${run}, which was released`);
    }
    switch (effect.kind) {
      case 'launch':
      case 'freePort':
        return this.#launch(run);
      case 'askAboutPort':
        this.questions.add(run);
        return;
      case 'follow':
        assert.ok(!this.followed.has(run), `${run} is followed twice`);
        this.followed.add(run);
        return this.#reportIfGone(run);
      case 'watch':
        this.watchedStrangers.add(run);
        return;
      case 'interrupt':
      case 'kill':
        this.asked.add(run);
        if (effect.kind === 'kill') this.#toBeKilled.add(run);
        return;
      case 'awaitGone':
        this.awaitedGone.add(run);
        return;
      case 'sweep':
        this.trees.set(run, { leaderLives: false, orphansLive: false });
        return;
      case 'after':
        this.timers.push({ run, event: effect.event });
        return;
      case 'watchUnhealthy':
        this.timers.push({ run, event: this.#unhealthyTooLong(run, effect.since) });
        return;
      case 'awaitExplanation':
        this.timers.push({ run, event: this.#unexplained(run) });
        return;
      case 'release':
        return this.#release(run);
      default:
        return;
    }
  }

  readonly #toBeKilled = new Set<string>();

  #launch(run: string): void {
    for (const other of this.runs) assert.ok(!this.lives(other), `${run} is launched while ${other} lives`);
    for (const other of this.launching) assert.fail(`${run} is launched while ${other} is being launched`);
    this.launching.add(run);
    this.launches += 1;
  }

  #release(run: string): void {
    assert.ok(!this.lives(run), `${run} is released while it lives`);
    assert.ok(!this.launching.has(run), `${run} is released while it is being launched`);
    this.released.add(run);
    this.watchedStrangers.delete(run);
    this.timers.splice(0, this.timers.length, ...this.timers.filter((timer) => timer.run !== run));
  }

  #unhealthyTooLong(run: string, since: number): RunEvent {
    const spare = { run: this.newRun(), chance: 0.5 };
    return { kind: 'unhealthyTooLong', run, since, paused: false, spare, at: this.now };
  }

  #unexplained(run: string): RunEvent {
    const spare = { run: this.newRun(), chance: 0.999 };
    return { kind: 'endExplained', run, exitCode: undefined, interrupted: false, spare, at: this.now };
  }

  #reportIfGone(run: string): void {
    if (this.trees.get(run)?.leaderLives !== true) this.facts.push({ kind: 'processGone', run, at: this.now });
  }

  /** A step of the launch that is under way begins, or all are done. */
  setUp(run: string, what: 'step' | 'done'): void {
    if (!this.launching.has(run)) return;
    const at = this.now;
    if (what === 'done') this.facts.push({ kind: 'setupDone', run });
    else this.facts.push({ kind: 'setupStepStarted', run, name: 'install', number: 1, of: 2, at });
  }

  /** The launch that is under way comes to its end. */
  launchEnds(
    run: string,
    outcome: 'launched' | 'refused' | 'taken' | 'forbidden' | 'setupFailed',
    owners: readonly PortOwner[],
  ): void {
    if (!this.launching.delete(run)) return;
    const at = this.now;
    if (outcome === 'launched') {
      this.trees.set(run, { leaderLives: true, orphansLive: true });
      this.facts.push({ kind: 'launched', run, process: { pid: 100, born: run }, at });
    } else if (outcome === 'taken') this.facts.push({ kind: 'portTaken', run, owners, at });
    else if (outcome === 'forbidden') this.facts.push({ kind: 'portForbidden', run, why: 'it is reserved', at });
    else if (outcome === 'setupFailed') {
      this.facts.push({ kind: 'setupFailed', run, step: 'install', cause: { kind: 'ended', end: { exitCode: 1 } }, at });
    } else this.facts.push({ kind: 'launchRefused', run, failure: { kind: 'missingCommand', command: 'x' }, at });
  }

  adopt(): void {
    if (this.runs.some((run) => this.lives(run)) || this.launching.size > 0) return;
    const { lifecycle } = this.state;
    if (!['stopped', 'exited', 'failed'].includes(lifecycle.kind)) return;
    // What could not be stopped may still be there, as far as is known: such an adoption is refused.
    if (lifecycle.kind === 'failed' && lifecycle.failure.kind === 'cannotStop') return;
    const run = this.newRun();
    this.trees.set(run, { leaderLives: true, orphansLive: true });
    this.handle({ kind: 'adopted', run, process: { pid: 100, born: run }, startedAt: this.now, terminal: 'attached' });
  }

  /** The leader ends, by itself or because it was asked to; its children may stay. */
  leaderEnds(run: string, exitCode: number | undefined, interrupted: boolean, orphans: boolean): void {
    const tree = this.trees.get(run);
    if (tree?.leaderLives !== true) return;
    // What ends without a probe is meant to end, and takes its children along.
    this.trees.set(run, { leaderLives: false, orphansLive: orphans && this.spec.probe !== undefined });
    const spare = { run: this.newRun(), chance: (this.now % 10) / 10 };
    if (this.followed.has(run)) this.facts.push({ kind: 'processGone', run, at: this.now });
    this.facts.push({ kind: 'endExplained', run, exitCode, interrupted, spare, at: this.now });
  }

  /** Everything of it is gone, which is reported to whoever waits. */
  treeEnds(run: string, portHeldBy: readonly PortHolder[] | undefined): void {
    if (!this.asked.has(run)) return;
    this.leaderEnds(run, 0, false, false);
    this.trees.set(run, { leaderLives: false, orphansLive: false });
    if (this.awaitedGone.delete(run)) this.facts.push({ kind: 'treeGone', run, portHeldBy, at: this.now });
  }

  killEnds(run: string, resists: boolean): void {
    if (!this.#toBeKilled.delete(run)) return;
    if (resists && this.lives(run)) {
      this.facts.push({ kind: 'treeKilled', run, killed: [], left: [100], why: 'it hangs in the kernel', at: this.now });
      return;
    }
    const killed = this.lives(run) ? [100] : [];
    this.treeEnds(run, undefined);
    this.facts.push({ kind: 'treeKilled', run, killed, left: [], at: this.now });
  }

  strangerEnds(run: string): void {
    if (this.watchedStrangers.has(run)) this.facts.push({ kind: 'processGone', run, at: this.now });
  }

  deliver(index: number): void {
    const [fact] = this.facts.splice(index % Math.max(1, this.facts.length), 1);
    if (fact === undefined) return;
    this.told.push(fact);
    this.handle(fact);
  }

  deliverAgain(index: number): void {
    const fact = this.told[index % Math.max(1, this.told.length)];
    // A launch that goes on looks at the port again: the same words may be new then.
    const { lifecycle } = this.state;
    const isOpen = lifecycle.kind === 'launching' && lifecycle.phase.kind === 'blocked';
    if (fact?.kind === 'portTaken' && fact.run === lifecycle.run && !isOpen) return;
    if (fact !== undefined) this.handle(fact);
  }

  strike(index: number): void {
    const [timer] = this.timers.splice(index % Math.max(1, this.timers.length), 1);
    if (timer === undefined) return;
    if (timer.event.kind === 'launchOverdue') {
      // The outcome of a launch is never on its way for long; a launch that is overdue never reports.
      while (this.facts.some(({ run }) => run === timer.run)) this.deliver(this.facts.findIndex(({ run }) => run === timer.run));
      this.launching.delete(timer.run);
    }
    this.told.push(timer.event);
    this.handle(timer.event);
  }

  /** Lets everything that must happen happen: launches end, the killed die, timers strike, facts arrive. */
  settle(): void {
    for (let rounds = 0; rounds < 200; rounds += 1) {
      for (const run of this.launching) this.launchEnds(run, rounds % 2 === 0 ? 'launched' : 'refused', []);
      for (const run of [...this.#toBeKilled]) this.killEnds(run, false);
      while (this.facts.length > 0) this.deliver(0);
      while (this.timers.length > 0) this.strike(0);
      if (this.launching.size + this.#toBeKilled.size + this.facts.length === 0) return;
    }
    assert.fail('the world does not come to rest');
  }
}
