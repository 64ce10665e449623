/** A launch: what it waits for, whose port it may take, and what its process gets. */
import assert from 'node:assert/strict';
import type { RunEvent } from '../../../../src/core/lifecycle/events';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle, Waiting } from '../../../../src/core/lifecycle/state';
import { transition } from '../../../../src/core/lifecycle/transition';
import { stateReason } from '../../../../src/core/snapshot/toSnapshot';
import type { PortOrigin, PortOwner } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { owner } from '../views/samples';

const at = 2;
const bare: ServiceSpec = (({ probe: _probe, ...rest }) => rest)(serviceSpec('web'));
const launching: Lifecycle = { kind: 'launching', run: 'r1', by: 'user', since: 1, phase: { kind: 'preparing' } };
const of = (origin: PortOrigin): PortOwner => ({ ...owner, origin });
const sibling = of({ kind: 'service', state: 'healthy', folder: '/shop', key: 'api', id: 'api' });
const leftOver = of({ kind: 'leftOver' });

function after(lifecycle: Lifecycle, event: RunEvent, { spec = bare, inARow = 0 } = {}) {
  const before = { lifecycle, restarts: { inARow, total: inARow } };
  const { state, effects } = transition({ state: before, spec }, event);
  return { lifecycle: state.lifecycle, kinds: effects.map(({ kind }) => kind), effects, isSame: state === before };
}

describe('core/transition of a service that waits for others', () => {
  const waiting = (...waitingFor: readonly Waiting[]) => ({ kind: 'dependenciesPending', run: 'r1', waitingFor }) as const;
  const db: Waiting = { id: 'db', state: 'starting', since: 5 };
  const queued: Lifecycle = { kind: 'queued', run: 'r1', by: 'user', since: 1, waitingFor: [db] };

  it('changes only when something else is waited for, or it has another state', () => {
    assert.ok(after(queued, waiting({ ...db })).isSame);
    for (const other of [[], [db, db], [{ ...db, id: 'x' }], [{ ...db, state: 'unhealthy' as const }], [{ ...db, since: 6 }]]) {
      const found = after(queued, waiting(...other));
      assert.deepEqual(found.lifecycle, { ...queued, waitingFor: other });
    }
  });

  it('fails with the one that failed, and is released', () => {
    const { lifecycle, kinds } = after(queued, {
      kind: 'dependencyFailed',
      run: 'r1',
      id: 'db',
      problem: { kind: 'failed' },
      at,
    });
    assert.deepEqual(lifecycle, {
      kind: 'failed',
      run: 'r1',
      at,
      failure: { kind: 'dependency', id: 'db', problem: { kind: 'failed' } },
    });
    assert.deepEqual(kinds, ['release']);
  });

  it('is not changed by an event of a launch', () => {
    assert.ok(after(queued, { kind: 'portAnswered', run: 'r1', answer: 'stop', at }).isSame);
  });
});

describe('core/transition of a port that is taken', () => {
  const taken = (owners: readonly PortOwner[]) => ({ kind: 'portTaken', run: 'r1', owners, at }) as const;
  const blocked = (...owners: readonly PortOwner[]): Lifecycle => ({ ...launching, phase: { kind: 'blocked', owners } });
  const answered = (answer: 'stop' | 'adopt' | 'cancel') => ({ kind: 'portAnswered', run: 'r1', answer, at }) as const;

  it('ends what is left over unasked only where onPortConflict says so', () => {
    const kinds = (['ask', 'stop', 'fail'] as const).map(
      (onPortConflict) => after(launching, taken([leftOver]), { spec: { ...bare, onPortConflict } }).kinds,
    );
    assert.deepEqual(kinds, [['askAboutPort'], ['freePort'], ['release']]);
  });

  it('watches another process on request, and never one that has a row of its own', () => {
    const watched = after(blocked(owner), answered('adopt')).lifecycle;
    assert.ok(watched.kind === 'external');
    assert.equal(watched.process, owner.process);
    const refused = after(blocked(sibling), answered('adopt')).lifecycle;
    assert.ok(refused.kind === 'stopped' && refused.cause.kind === 'command');
  });

  it('takes no answer to a question that is not open', () => {
    for (const answer of ['stop', 'adopt', 'cancel'] as const)
      for (const lifecycle of [launching, blocked()]) assert.ok(after(lifecycle, answered(answer)).isSame, answer);
  });
});

describe('core/transition of a process that was started', () => {
  const launched = { kind: 'launched', run: 'r1', process: { pid: 5, born: 'b' }, at } as const;

  it('is followed, shown and probed where there is a probe', () => {
    assert.deepEqual(after(launching, launched).kinds, ['follow', 'showTerminal']);
    const probed = after(launching, launched, { spec: serviceSpec('web', { probe: probeSpec() }) });
    assert.deepEqual(probed.kinds, ['follow', 'showTerminal', 'probe']);
    assert.deepEqual(probed.effects[1], { kind: 'showTerminal', run: 'r1', when: 'started' });
  });

  it('does not wait for a ready line in output that cannot be read, and says so', () => {
    const spec: ServiceSpec = { ...bare, readyLine: { kind: 'text', text: 'up' } };
    assert.equal(after(launching, launched, { spec }).lifecycle.kind, 'starting');
    const { lifecycle } = after(launching, { ...launched, output: 'unread' }, { spec });
    assert.equal(lifecycle.kind, 'running');
    assert.match(stateReason(spec, lifecycle) ?? '', /^Its ready line is not read: /);
    const probed = after(launching, { ...launched, output: 'unread' }, { spec: { ...spec, probe: probeSpec() } });
    assert.equal(probed.lifecycle.kind, 'starting');
    const silent = after(launching, { ...launched, output: 'unread' }).lifecycle;
    assert.match(stateReason(bare, silent) ?? '', /^Running without a health check\./);
  });

  it('closes the breaker after a while when it was restarted, from when it is ready', () => {
    const stable = { kind: 'after', run: 'r1', delay: bare.backoff.resetAfter, event: { kind: 'stable', run: 'r1' } };
    assert.deepEqual(after(launching, launched, { inARow: 1 }).effects.at(-1), stable);
    const starting = after(launching, launched, { spec: serviceSpec('web', { probe: probeSpec() }), inARow: 1 });
    assert.deepEqual([starting.lifecycle.kind, starting.kinds.includes('after')], ['starting', false]);
  });

  it('has no restarts to forget at first', () => {
    assert.deepEqual(noRestarts, { inARow: 0, total: 0 });
    assert.ok(!after(launching, launched).kinds.includes('after'));
  });
});
