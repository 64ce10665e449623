/** Which failures are told unasked: each once, none that was wanted, none that is about to cure itself. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { due, isSick, keepOnly, observe, settle } from '../../../../src/core/notifications/announcement';
import type { Memory } from '../../../../src/core/notifications/announcement';
import type { PortOwner } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import {
  crash,
  everyState,
  failed,
  healthy,
  named,
  none,
  reloading,
  running,
  service,
  starting,
  unhealthy,
} from '../views/samples';
import { unknown } from '../views/samples';

const run = 'r1';
const launching = (by: 'user' | 'auto'): Lifecycle => ({ kind: 'launching', run, by, since: 0, phase: { kind: 'preparing' } });
const owner: PortOwner = { process: { pid: 99, born: 'b' }, command: 'node', startedAt: 0, origin: { kind: 'other' } };
const asking: Lifecycle = { kind: 'launching', run, by: 'user', since: 0, phase: { kind: 'blocked', owners: [owner] } };
const taken = failed({ kind: 'portTaken', port: 8000, owners: [owner] });
const unexplained: Lifecycle = { kind: 'failed', run, at: 0, failure: crash, awaiting: 'explanation' };
const stopped: Lifecycle = { kind: 'stopped', run, cause: { kind: 'command' } };
const backingOff: Lifecycle = { kind: 'backingOff', run, next: 'r2', until: 1, since: 0, failure: crash };

/** One service, followed through its states at the given times. */
class Story {
  memory: Memory = new Map();
  #at = 0;

  constructor(private readonly spec: Partial<ServiceSpec> = {}) {}

  /** Each state is reached `ms` after the one before. */
  goes(ms: number, ...states: readonly Lifecycle[]): this {
    return this.#goes(ms, states, false);
  }

  /** The same, while a program waits for the outcome. */
  goesAwaited(...states: readonly Lifecycle[]): this {
    return this.#goes(10, states, true);
  }

  /** Whether there was something to tell, which is told now. */
  tells(): boolean {
    const ids = due(this.memory);
    this.memory = settle(this.memory, ids);
    return ids.length > 0;
  }

  #goes(ms: number, states: readonly Lifecycle[], isAwaited: boolean): this {
    for (const state of states) {
      this.#at += ms;
      this.memory = observe(this.memory, service(state, this.spec), { at: this.#at, isAwaited });
    }
    return this;
  }
}

/** A failure may be told when nothing was yet, or since then a person started the service, or it was well for a minute. */
class License {
  isGiven = true;
  #wellSince: number | undefined;

  see(state: Lifecycle, at: number): void {
    if ('by' in state && state.by === 'user') this.isGiven = true;
    if (isWell(state)) this.#wellSince ??= at;
    else if (this.#wellSince !== undefined && at - this.#wellSince >= 60_000) this.isGiven = true;
    if (!isWell(state) && !isPassing(state)) this.#wellSince = undefined;
  }

  use(): void {
    this.isGiven = false;
  }
}

const healthKind = (state: Lifecycle): string | undefined => ('health' in state ? state.health.kind : undefined);
const isWell = (state: Lifecycle): boolean =>
  healthKind(state) === 'healthy' || (healthKind(state) === 'none' && state.kind !== 'starting');
const isPassing = (state: Lifecycle): boolean =>
  ['reloading', 'unknown', 'none'].includes(healthKind(state) ?? '') || 'awaiting' in state;

describe('core/announcement', () => {
  it('tells of a service that was well and fell, once', () => {
    for (const well of [running(healthy), running(none)]) {
      for (const fall of [failed(crash), running(unhealthy), failed({ kind: 'gaveUp', restarts: 5, last: crash })]) {
        const story = new Story().goes(10, well, fall);
        assert.equal(story.tells(), true);
        assert.equal(story.goes(10_000, fall, fall).tells(), false);
      }
    }
  });

  it('tells of a start by hand and of an automatic start that fail', () => {
    for (const by of ['user', 'auto'] as const) {
      assert.equal(new Story().goes(10, launching(by), failed(crash)).tells(), true);
    }
  });

  it('tells again when a person tries again, and not when it is tried again by itself', () => {
    const story = new Story().goes(10, launching('user'), failed(crash));
    assert.equal(story.tells(), true);
    assert.equal(story.goes(10, launching('auto'), starting(unknown), failed(crash)).tells(), false);
    assert.equal(story.goes(10, launching('user'), starting(unknown), failed(crash)).tells(), true);
  });

  it('tells again after it was well for as long as its back-off asks, whatever reloads came between', () => {
    const story = new Story().goes(10, running(healthy), failed(crash));
    story.tells();
    assert.equal(story.goes(59_000, launching('auto'), running(healthy), failed(crash)).tells(), false);
    story.goes(10, launching('auto'), running(healthy)).goes(30_000, running(reloading), running(healthy));
    assert.equal(story.goes(10, running(unhealthy)).tells(), true);
  });

  it('knows after a pause between tries that it was well before', () => {
    const story = new Story().goes(10, running(healthy), failed(crash));
    story.tells();
    story.goes(10, launching('auto'), running(healthy)).goes(60_000, unexplained, backingOff);
    assert.equal(story.tells(), false);
    assert.equal(story.goes(10, launching('auto'), failed({ kind: 'gaveUp', restarts: 5, last: crash })).tells(), true);
  });

  it('keeps quiet while the end is not explained, while it is tried again, and while it reloads', () => {
    for (const state of [unexplained, backingOff, running(reloading), running(unknown), launching('auto')]) {
      assert.equal(new Story().goes(10, running(healthy), state).tells(), false);
    }
  });

  it('takes back what recovers, reloads, is started or stopped before it was told', () => {
    for (const state of [running(healthy), running(reloading), launching('user'), stopped, backingOff]) {
      assert.equal(new Story().goes(10, running(healthy), running(unhealthy), state).tells(), false);
    }
  });

  it('is not silenced by what was never told', () => {
    const story = new Story().goes(10, running(healthy), running(unhealthy), running(healthy));
    assert.equal(story.tells(), false);
    assert.equal(story.goes(10, running(unhealthy)).tells(), true);
  });

  it('keeps quiet about a stop by hand, a closed terminal, Ctrl+C and a start that was called off', () => {
    const ends = ['stopped', 'ctrlC', 'closed', 'forced', 'stopping', 'stoppingForced', 'exited', 'never'];
    const states = ends.map((name) => everyState[name] ?? assert.fail(`no such state: ${name}`));
    for (const state of [...states, failed({ kind: 'launch', failure: { kind: 'abandoned' } })]) {
      assert.equal(new Story().goes(10, running(healthy), state).tells(), false);
    }
  });

  it('does not tell of a port about which the person was asked, and does when nobody was', () => {
    assert.equal(new Story().goes(10, launching('user'), asking, taken).tells(), false);
    assert.equal(new Story().goes(10, launching('user'), asking, launching('user'), failed(crash)).tells(), true);
    assert.equal(new Story().goes(10, launching('auto'), taken).tells(), true);
  });

  it('leaves the outcome to the program that asked for it, and tells of what comes after', () => {
    assert.equal(new Story().goesAwaited(launching('user'), unexplained, failed(crash)).tells(), false);
    const story = new Story().goesAwaited(launching('user'), running(healthy));
    assert.equal(story.goes(10, failed(crash)).tells(), true);
  });

  it('leaves an unhealthy service to its automatic restart, until that gives up', () => {
    const spec = { restartUnhealthyAfter: 20_000, maxRestarts: 0 };
    assert.equal(new Story({ ...spec, maxRestarts: 2 }).goes(10, running(healthy), running(unhealthy)).tells(), false);
    assert.equal(new Story(spec).goes(10, running(healthy), running(unhealthy)).tells(), true);
  });

  it('forgets services that are gone', () => {
    const memory = observe(new Map(), named('web', failed(crash)), { at: 0, isAwaited: false });
    assert.deepEqual(due(memory), ['web']);
    assert.deepEqual(due(keepOnly(memory, [named('api', failed(crash))])), []);
  });

  it('hands back the same memory when a probe brings nothing new', () => {
    const story = new Story().goes(10, launching('auto'), running(healthy));
    const before = story.memory;
    assert.equal(story.goes(5000, running(healthy), running(healthy)).memory, before);
  });

  const states: readonly Lifecycle[] = [
    ...Object.values(everyState),
    ...[launching('user'), launching('auto'), asking, taken, unexplained, failed(crash), running(healthy), running(unhealthy)],
  ];
  const step = fc.record({
    state: fc.constantFrom(...states),
    ms: fc.oneof(fc.constant(10), fc.integer({ min: 0, max: 70_000 })),
    isAwaited: fc.boolean(),
    isTold: fc.boolean(),
  });

  it('never tells twice of one failure, and never of what is not sick, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const license = new License();
        let memory: Memory = new Map();
        let at = 0;
        for (const { state, ms, isAwaited, isTold } of steps) {
          at += ms;
          license.see(state, at);
          memory = observe(memory, service(state), { at, isAwaited });
          const ids = due(memory);
          if (ids.length > 0) assert.ok(isSick(service(state)) && license.isGiven, `${JSON.stringify(state)} is told`);
          if (!isTold || ids.length === 0) continue;
          memory = settle(memory, ids);
          license.use();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('tells of every crash of a service that was well for long, whatever was before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const story = new Story();
        for (const { state, ms, isTold } of steps) {
          story.goes(ms, state);
          if (isTold) story.tells();
        }
        story.goes(10, running(healthy)).goes(60_000, running(healthy), unexplained, failed(crash));
        assert.equal(story.tells(), true);
      }),
    );
  });
});
