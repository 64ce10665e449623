/** A living process: the guards before it is restarted, judged or said to be ready. */
import assert from 'node:assert/strict';
import type { RunEvent } from '../../../../src/core/lifecycle/events';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { transition } from '../../../../src/core/lifecycle/transition';
import type { Health } from '../../../../src/core/model/health';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { healthy, none, reloading, running, starting, unhealthy, unknown } from '../views/samples';

const bare: ServiceSpec = (({ probe: _probe, ...rest }) => rest)(serviceSpec('web'));
const probed = serviceSpec('web', { probe: probeSpec() });
const spare = { run: 'spare', chance: 0.5 };

function after(lifecycle: Lifecycle, event: RunEvent, spec: ServiceSpec = probed, inARow = 0) {
  const before = { lifecycle, restarts: { inARow, total: inARow } };
  const { state, effects } = transition({ state: before, spec }, event);
  return { lifecycle: state.lifecycle, restarts: state.restarts, effects, isSame: state === before };
}

const healthOf = (lifecycle: Lifecycle): Health => ('health' in lifecycle ? lifecycle.health : none);

describe('core/transition of a service that is unhealthy for long', () => {
  const limit = 30_000;
  const patient = { ...probed, restartUnhealthyAfter: limit };
  const tooLong = (more: { readonly since?: number; readonly paused?: boolean } = {}) =>
    ({ kind: 'unhealthyTooLong', run: 'r1', since: 50_000, paused: false, spare, at: 90_000, ...more }) as const;

  it('is restarted', () => {
    const { lifecycle, restarts } = after(running(unhealthy), tooLong(), patient);
    assert.ok(lifecycle.kind === 'stopping');
    assert.deepEqual([lifecycle.next, restarts.total], [{ run: 'spare', by: 'auto' }, 1]);
  });

  it('is left alone when it is well again, became unhealthy again, or has no limit', () => {
    assert.ok(after(running({ ...healthy, since: 50_000 } as Health), tooLong(), patient).isSame);
    assert.ok(after(running(unhealthy), tooLong({ since: 49_999 }), patient).isSame);
    assert.ok(after(running(unhealthy), tooLong(), probed).isSame);
  });

  it('is asked about again later while a debugger holds it', () => {
    const { effects, isSame } = after(running(unhealthy), tooLong({ paused: true }), patient);
    assert.deepEqual([effects, isSame], [[{ kind: 'watchUnhealthy', run: 'r1', delay: limit, since: 50_000 }], true]);
  });
});

describe('core/transition of what the output says', () => {
  const error = (final: boolean) => ({ kind: 'errorSeen', run: 'r1', line: 'SyntaxError', final, at: 90_000 }) as const;
  const kindAfter = (lifecycle: Lifecycle, final: boolean) => healthOf(after(lifecycle, error(final)).lifecycle).kind;

  it('means a dead worker in a reload, or by the words of the reloader', () => {
    assert.deepEqual([kindAfter(running(reloading), false), kindAfter(running(healthy), true)], ['unhealthy', 'unhealthy']);
    assert.deepEqual([kindAfter(running(healthy), false), kindAfter(running(none), true)], ['healthy', 'none']);
    const started = after(starting(unknown), error(true)).lifecycle;
    assert.ok(started.kind === 'running');
    assert.deepEqual([started.readyAt, started.health.kind], [90_000, 'unhealthy']);
  });

  it('means a reload only where health is known, and not while it starts', () => {
    const reload = { kind: 'reloadSeen', run: 'r1', at: 90_000 } as const;
    assert.equal(healthOf(after(running(healthy), reload).lifecycle).kind, 'reloading');
    assert.ok(after(starting(unknown), reload).isSame);
    assert.ok(after(running(healthy), reload, bare).isSame);
  });

  it('offers another port once, where a port is configured', () => {
    const address = { kind: 'addressSeen', run: 'r1', port: 4321 } as const;
    const { lifecycle, effects } = after(running(healthy), address);
    assert.deepEqual(effects, [{ kind: 'offerPort', run: 'r1', port: 4321 }]);
    assert.ok(after(lifecycle, address).isSame);
    const { port: _port, ...portless } = probed;
    assert.ok(after(running(healthy), address, portless).isSame);
  });
});

describe('core/transition of a service that becomes ready', () => {
  const good = { kind: 'probed', run: 'r1', outcome: { ok: true, at: 90_000, latencyMs: 1 } } as const;

  it('is noted once', () => {
    const kinds = (lifecycle: Lifecycle) => after(lifecycle, good).effects.map(({ kind }) => kind);
    assert.deepEqual([kinds(starting(unknown)), kinds(running(healthy))], [['probe', 'noteReady'], ['probe']]);
  });

  it('keeps what was learned while it started', () => {
    const before = { ...starting(unknown), graceSince: 7, printedPort: 4321 } as Lifecycle;
    const { lifecycle } = after(before, good);
    assert.ok(lifecycle.kind === 'running');
    assert.deepEqual([lifecycle.graceSince, lifecycle.printedPort], [7, 4321]);
  });

  it('closes the breaker only while it is well', () => {
    const stable = { kind: 'stable', run: 'r1' } as const;
    for (const [health, inARow] of [
      [healthy, 0],
      [none, 0],
      [unhealthy, 2],
      [reloading, 2],
      [unknown, 2],
    ] as const)
      assert.equal(after(running(health), stable, probed, 2).restarts.inARow, inARow, health.kind);
  });
});

describe('core/transition of a process that is gone', () => {
  const gone = { kind: 'processGone', run: 'r1', at: 90_000, lastLine: 'boom' } as const;

  it('is a crash of what is meant to stay up, with its last line, and an exit of all else', () => {
    const ready = { ...bare, readyLine: { kind: 'text', text: 'ready' } } as const;
    for (const spec of [probed, ready, { ...bare, role: 'backend' }, { ...bare, role: 'frontend' }] as const) {
      const { lifecycle } = after(running(none), gone, { ...spec, role: spec.role });
      assert.deepEqual(lifecycle.kind === 'failed' && lifecycle.failure, {
        ...{ kind: 'crashed', end: { exitCode: undefined, lastLine: 'boom' }, beforeReady: false },
      });
    }
    assert.equal(after(running(none), gone, { ...bare, role: 'worker' }).lifecycle.kind, 'exited');
  });
});

describe('core/transition of a service that hangs', () => {
  const evidence = { closeWait: 9, established: 1, listeners: 1, stoppedPids: [] };
  const inspected = { kind: 'hangInspected', run: 'r1', evidence } as const;
  const hung: Health = {
    ...{ kind: 'unhealthy', since: 1, streak: { successes: 0, failures: 4 } },
    last: { ok: false, at: 1, failure: { kind: 'noAnswer', timeout: 2000 } },
  };

  it('shows what was found, without the connections that our own probes left', () => {
    const health = healthOf(after(running(hung), inspected).lifecycle);
    assert.deepEqual(health.kind === 'unhealthy' && health.evidence, { ...evidence, closeWait: 5 });
    assert.ok(after(running(unhealthy), inspected).isSame);
    assert.ok(after(running(healthy), inspected).isSame);
  });
});
