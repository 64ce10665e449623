/** Which failures are due for a notification: each one once, none that was wanted, none that ends without help. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { due, isFailing, keepOnly, observe, settle } from '../../../../src/core/notifications/due';
import type { Memory } from '../../../../src/core/notifications/due';
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
import { runningWith, unknown } from '../views/samples';

const run = 'r1';
const launching = (by: 'user' | 'auto'): Lifecycle => ({ kind: 'launching', run, by, since: 0, phase: { kind: 'preparing' } });
const owner: PortOwner = { process: { pid: 99, born: 'b' }, command: 'node', startedAt: 0, origin: { kind: 'other' } };
const asking: Lifecycle = { kind: 'launching', run, by: 'user', since: 0, phase: { kind: 'blocked', owners: [owner] } };
const taken = failed({ kind: 'portTaken', port: 8000, owners: [owner] });
const unexplained: Lifecycle = { kind: 'failed', run, at: 0, failure: crash, awaiting: 'explanation' };
const stopped: Lifecycle = { kind: 'stopped', run, cause: { kind: 'command' } };
const backingOff: Lifecycle = { kind: 'backingOff', run, next: 'r2', until: 1, since: 0, failure: crash };

/** The states of one service, observed at the given times. */
class Story {
  readonly memory: Memory = new Map();
  #at = 0;

  constructor(private readonly spec: Partial<ServiceSpec> = {}) {}

  /** Each state begins `ms` after the one before. */
  goes(ms: number, ...states: readonly Lifecycle[]): this {
    return this.#goes(ms, states, false);
  }

  /** The same, while an extension waits for the outcome. */
  goesAwaited(...states: readonly Lifecycle[]): this {
    return this.#goes(10, states, true);
  }

  /** Returns whether a notification was due, and settles it. */
  notifies(): boolean {
    const ids = due(this.memory);
    settle(this.memory, ids);
    return ids.length > 0;
  }

  #goes(ms: number, states: readonly Lifecycle[], isAwaited: boolean): this {
    for (const state of states) {
      this.#at += ms;
      observe(this.memory, service(state, this.spec), { at: this.#at, isAwaited });
    }
    return this;
  }
}

/** A failure may be due when none was yet, or when since then the user started the service or it was well for a minute. */
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

describe('core/notifications/due', () => {
  it('notifies once when a service that was well fails', () => {
    for (const well of [running(healthy), running(none)]) {
      for (const fall of [failed(crash), running(unhealthy), failed({ kind: 'gaveUp', restarts: 5, last: crash })]) {
        const story = new Story().goes(10, well, fall);
        assert.equal(story.notifies(), true);
        assert.equal(story.goes(10_000, fall, fall).notifies(), false);
      }
    }
  });

  it('notifies when a part of a service has ended, although the rest is healthy, and not when it runs again at once', () => {
    const partly = runningWith(healthy, { ended: [{ name: 'api', exitCode: 1 }] });
    assert.equal(new Story().goes(10, running(healthy), partly).notifies(), true);
    assert.equal(new Story().goes(10, running(healthy), partly, running(healthy)).notifies(), false);
  });

  it('notifies when a manual or an automatic start fails', () => {
    for (const by of ['user', 'auto'] as const) {
      assert.equal(new Story().goes(10, launching(by), failed(crash)).notifies(), true);
    }
  });

  it('notifies again after a manual start, but not after an automatic retry', () => {
    const story = new Story().goes(10, launching('user'), failed(crash));
    assert.equal(story.notifies(), true);
    assert.equal(story.goes(10, launching('auto'), starting(unknown), failed(crash)).notifies(), false);
    assert.equal(story.goes(10, launching('user'), starting(unknown), failed(crash)).notifies(), true);
  });

  it('notifies again after the service was well for its reset time, also with reloads in between', () => {
    const story = new Story().goes(10, running(healthy), failed(crash));
    story.notifies();
    assert.equal(story.goes(59_000, launching('auto'), running(healthy), failed(crash)).notifies(), false);
    story.goes(10, launching('auto'), running(healthy)).goes(30_000, running(reloading), running(healthy));
    assert.equal(story.goes(10, running(unhealthy)).notifies(), true);
  });

  it('remembers during the pause before a retry that the service was well', () => {
    const story = new Story().goes(10, running(healthy), failed(crash));
    story.notifies();
    story.goes(10, launching('auto'), running(healthy)).goes(60_000, unexplained, backingOff);
    assert.equal(story.notifies(), false);
    assert.equal(story.goes(10, launching('auto'), failed({ kind: 'gaveUp', restarts: 5, last: crash })).notifies(), true);
  });

  it('does not notify while the end is not explained, before a retry, or during a reload', () => {
    for (const state of [unexplained, backingOff, running(reloading), running(unknown), launching('auto')]) {
      assert.equal(new Story().goes(10, running(healthy), state).notifies(), false);
    }
  });

  it('withdraws a failure when the service recovers, reloads, starts or stops before the notification', () => {
    for (const state of [running(healthy), running(reloading), launching('user'), stopped, backingOff]) {
      assert.equal(new Story().goes(10, running(healthy), running(unhealthy), state).notifies(), false);
    }
  });

  it('notifies after an earlier failure that was withdrawn', () => {
    const story = new Story().goes(10, running(healthy), running(unhealthy), running(healthy));
    assert.equal(story.notifies(), false);
    assert.equal(story.goes(10, running(unhealthy)).notifies(), true);
  });

  it('does not notify after a manual stop, a closed terminal, Ctrl+C or a cancelled start', () => {
    const ends = ['stopped', 'ctrlC', 'closed', 'forced', 'stopping', 'stoppingForced', 'exited', 'never'];
    const states = ends.map((name) => everyState[name] ?? assert.fail(`no such state: ${name}`));
    for (const state of [...states, failed({ kind: 'launch', failure: { kind: 'abandoned' } })]) {
      assert.equal(new Story().goes(10, running(healthy), state).notifies(), false);
    }
  });

  it('does not notify about a port in use when the user was asked about it, but otherwise does', () => {
    assert.equal(new Story().goes(10, launching('user'), asking, taken).notifies(), false);
    assert.equal(new Story().goes(10, launching('user'), asking, launching('user'), failed(crash)).notifies(), true);
    assert.equal(new Story().goes(10, launching('auto'), taken).notifies(), true);
  });

  it('leaves the outcome to the extension that asked for the start, and notifies about later failures', () => {
    assert.equal(new Story().goesAwaited(launching('user'), unexplained, failed(crash)).notifies(), false);
    const story = new Story().goesAwaited(launching('user'), running(healthy));
    assert.equal(story.goes(10, failed(crash)).notifies(), true);
  });

  it('does not notify about an unhealthy service until its automatic restarts give up', () => {
    const spec = { restartUnhealthyAfter: 20_000, maxRestarts: 0 };
    assert.equal(new Story({ ...spec, maxRestarts: 2 }).goes(10, running(healthy), running(unhealthy)).notifies(), false);
    assert.equal(new Story(spec).goes(10, running(healthy), running(unhealthy)).notifies(), true);
  });

  it('forgets services that are no longer configured', () => {
    const memory: Memory = new Map();
    for (const name of ['web', 'api']) observe(memory, named(name, failed(crash)), { at: 0, isAwaited: false });
    assert.deepEqual(due(memory), ['web', 'api']);
    keepOnly(memory, [named('api', failed(crash))]);
    assert.deepEqual(due(memory), ['api']);
  });

  it('keeps its note when a probe changes nothing', () => {
    const story = new Story().goes(10, launching('auto'), running(healthy));
    const [before] = story.memory.values();
    assert.ok(before !== undefined);
    assert.equal([...story.goes(5000, running(healthy), running(healthy)).memory.values()][0], before);
  });

  const states: readonly Lifecycle[] = [
    ...Object.values(everyState),
    launching('user'),
    launching('auto'),
    asking,
    taken,
    unexplained,
    failed(crash),
    running(healthy),
    running(unhealthy),
  ];
  const step = fc.record({
    state: fc.constantFrom(...states),
    ms: fc.oneof(fc.constant(10), fc.integer({ min: 0, max: 70_000 })),
    isAwaited: fc.boolean(),
    isNotified: fc.boolean(),
  });

  it('never notifies twice about one failure, and never about a service that does not fail, in any order of states', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const license = new License();
        const memory: Memory = new Map();
        let at = 0;
        for (const { state, ms, isAwaited, isNotified } of steps) {
          at += ms;
          license.see(state, at);
          observe(memory, service(state), { at, isAwaited });
          const ids = due(memory);
          if (ids.length > 0) assert.ok(isFailing(service(state)) && license.isGiven, `${JSON.stringify(state)} is due`);
          if (!isNotified || ids.length === 0) continue;
          settle(memory, ids);
          license.use();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('notifies about every crash of a service that was well for long, after any states', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const story = new Story();
        for (const { state, ms, isNotified } of steps) {
          story.goes(ms, state);
          if (isNotified) story.notifies();
        }
        story.goes(10, running(healthy)).goes(60_000, running(healthy), unexplained, failed(crash));
        assert.equal(story.notifies(), true);
      }),
    );
  });
});
