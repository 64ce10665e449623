/** An end without a request: what a late report still changes, and what it never does. */
import assert from 'node:assert/strict';
import type { RunEvent } from '../../../../src/core/lifecycle/events';
import type { Failure, ProcessEnd } from '../../../../src/core/model/failure';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { transition } from '../../../../src/core/lifecycle/transition';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { serviceSpec } from '../../../support/fakes/specs';

const spare = { run: 'spare', chance: 0.5 };
const report = (exitCode: number | undefined, more: { readonly lastLine?: string; readonly interrupted?: boolean } = {}) =>
  ({ kind: 'endExplained', run: 'r1', exitCode, interrupted: false, spare, at: 500, ...more }) as const;

function after(lifecycle: Lifecycle, event: RunEvent, config: Partial<ServiceSpec> = {}) {
  const before = { lifecycle, restarts: noRestarts };
  const { state, effects } = transition({ state: before, spec: serviceSpec('web', { restart: 'no', ...config }) }, event);
  return { lifecycle: state.lifecycle, effects, isSame: state === before };
}

const crashed = (beforeReady: boolean, awaiting?: 'explanation'): Lifecycle => ({
  kind: 'failed',
  run: 'r1',
  at: 100,
  failure: { kind: 'crashed', end: { exitCode: undefined }, beforeReady },
  ...(awaiting === undefined ? {} : { awaiting }),
});
const exited: Lifecycle = { kind: 'exited', run: 'r1', at: 100, exitCode: undefined };

describe('core/transition of an end that is explained in time', () => {
  it('has the code, the last line, and whether the service was ever ready', () => {
    for (const beforeReady of [true, false])
      assert.deepEqual(after(crashed(beforeReady, 'explanation'), report(3, { lastLine: 'boom' })).lifecycle, {
        ...{ kind: 'failed', run: 'r1', at: 500 },
        failure: { kind: 'crashed', end: { exitCode: 3, lastLine: 'boom' }, beforeReady },
      });
    const { lifecycle } = after({ ...exited, awaiting: 'explanation' }, report(3));
    assert.deepEqual(lifecycle.kind === 'failed' && lifecycle.failure, {
      ...{ kind: 'crashed', end: { exitCode: 3 }, beforeReady: false },
    });
  });

  it('shows the terminal of a failure', () => {
    const { effects } = after(crashed(false, 'explanation'), report(3));
    assert.deepEqual(effects.at(-1), { kind: 'showTerminal', run: 'r1', when: 'failed' });
  });

  it('is retried at the moment that is shown', () => {
    const { lifecycle, effects } = after(crashed(false, 'explanation'), report(3), { restart: 'on-failure' });
    assert.ok(lifecycle.kind === 'backingOff');
    const delay = lifecycle.until - 500;
    assert.deepEqual(effects, [{ kind: 'after', run: 'r1', delay, event: { kind: 'backoffOver', run: 'r1', at: 500 + delay } }]);
  });
});

describe('core/transition of an end that is explained late', () => {
  it('gets its code and last line, and stays when it was', () => {
    assert.deepEqual(after(exited, report(0)).lifecycle, { ...exited, exitCode: 0 });
    assert.deepEqual(after(exited, report(2, { lastLine: 'boom' })).lifecycle, {
      ...{ kind: 'failed', run: 'r1', at: 100 },
      failure: { kind: 'crashed', end: { exitCode: 2, lastLine: 'boom' }, beforeReady: false },
    });
    for (const code of [0, 2])
      assert.deepEqual(after(crashed(true), report(code)).lifecycle, {
        ...{ kind: 'failed', run: 'r1', at: 100 },
        failure: { kind: 'crashed', end: { exitCode: code }, beforeReady: true },
      });
  });

  it('was a Ctrl+C when it was one, and starts nothing', () => {
    const { lifecycle, effects } = after(exited, report(130, { interrupted: true }), { restart: 'always' });
    assert.deepEqual([lifecycle, effects], [{ kind: 'stopped', run: 'r1', cause: { kind: 'ctrlC' } }, []]);
    assert.deepEqual(after(crashed(false), report(1), { restart: 'always' }).effects, []);
  });

  it('is not changed by a report without a code, or by a second one', () => {
    assert.ok(after(exited, report(undefined)).isSame);
    assert.ok(after({ ...exited, exitCode: 0 }, report(7)).isSame);
  });
});

describe('core/transition of a cancelled launch that was never confirmed', () => {
  const unconfirmed = (kind: 'unconfirmed' | 'abandoned'): Lifecycle => ({
    ...{ kind: 'failed', run: 'r1', at: 100 },
    failure: { kind: 'launch', failure: kind === 'abandoned' ? { kind } : { kind, waited: 60_000 } },
  });
  const outcomes: readonly RunEvent[] = [
    { kind: 'launchRefused', run: 'r1', failure: { kind: 'abandoned' }, at: 500 },
    { kind: 'setupFailed', run: 'r1', step: 'install', cause: { kind: 'ended', end: { exitCode: 1 } }, at: 500 },
    { kind: 'portTaken', run: 'r1', owners: [], at: 500 },
    { kind: 'portForbidden', run: 'r1', why: 'rights', at: 500 },
  ];

  it('is stopped by every outcome without a process, and nothing else is', () => {
    for (const event of outcomes) {
      assert.equal(after(unconfirmed('unconfirmed'), event).lifecycle.kind, 'stopped', event.kind);
      assert.ok(after(unconfirmed('abandoned'), event).isSame, event.kind);
    }
    const late = { kind: 'launched', run: 'r1', process: { pid: 5, born: 'b' }, at: 500 } as const;
    assert.ok(after(unconfirmed('abandoned'), late).isSame);
  });
});

describe('core/transition of a closed terminal', () => {
  const closed = (at: number) => ({ kind: 'terminalClosed', run: 'r1', at }) as const;
  const backingOff = (exitCode: number | undefined): Lifecycle => ({
    ...{ kind: 'backingOff', run: 'r1', next: 'r2', since: 100, until: 9000 },
    failure: { kind: 'crashed', end: { exitCode }, beforeReady: false },
  });

  it('calls off a retry within a moment of an end without a code', () => {
    assert.equal(after(backingOff(undefined), closed(1599)).lifecycle.kind, 'stopped');
    assert.ok(after(backingOff(undefined), closed(1600)).isSame);
    assert.ok(after(backingOff(1), closed(101)).isSame);
  });
});

describe('core/transition of output that arrives after the end was explained', () => {
  const late = { kind: 'lastLineSeen', run: 'r1', lastLine: 'Error: the database is gone' } as const;
  const failed = (end: ProcessEnd): Failure => ({ kind: 'crashed', end, beforeReady: false });
  const down = (failure: Failure): Lifecycle => ({ kind: 'failed', run: 'r1', at: 100, failure });
  const complete = failed({ exitCode: 1, lastLine: late.lastLine });

  it('completes the cause of a failure, also of the last one of several', () => {
    assert.deepEqual(after(down(failed({ exitCode: 1 })), late), { lifecycle: down(complete), effects: [], isSame: false });
    const gaveUp = (last: Failure): Lifecycle => down({ kind: 'gaveUp', restarts: 2, last });
    assert.deepEqual(after(gaveUp(failed({ exitCode: 1, lastLine: 'x' })), late).lifecycle, gaveUp(complete));
  });

  it('changes nothing when it is no news, and no other failure', () => {
    assert.ok(after(down(complete), late).isSame);
    assert.ok(after(down({ kind: 'portForbidden', port: 80, why: 'reserved' }), late).isSame);
    assert.ok(after(exited, late).isSame);
  });

  const waiting = (failure: Failure): Lifecycle => ({
    ...{ kind: 'backingOff', run: 'r1', next: 'r2', since: 100, until: 900 },
    failure,
  });

  it('completes the cause of a restart that is ahead', () => {
    assert.deepEqual(after(waiting(failed({ exitCode: 1 })), late), { lifecycle: waiting(complete), effects: [], isSame: false });
  });

  it('spares a restart that would fail in the same way', () => {
    const lastLine = "ModuleNotFoundError: No module named 'app'";
    const { lifecycle, effects } = after(waiting(failed({ exitCode: 1 })), { ...late, lastLine });
    assert.deepEqual(
      lifecycle,
      down({ kind: 'crashed', end: { exitCode: 1, lastLine }, beforeReady: false, repeats: 'missingModule' }),
    );
    assert.deepEqual(
      effects.map(({ kind }) => kind),
      ['release', 'showTerminal'],
    );
  });
});
