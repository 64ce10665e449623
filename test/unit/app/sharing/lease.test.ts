/** Who may take over a lease: exactly one, and only from a window that is surely gone. */
import assert from 'node:assert/strict';
import { contend, holds } from '../../../../src/app/sharing/lease';
import type { Holder } from '../../../../src/app/sharing/ports';
import { known, unavailable } from '../../../../src/core/model/process';
import { FakeLeases } from '../../../support/fakes/leases';
import { FakeMachine } from '../../../support/fakes/machine';

const place = '/shop';

function rig() {
  const machine = new FakeMachine();
  const leases = new FakeLeases();
  const open = (window: string): Holder => ({ ...machine.spawn('host', 'none').identity, window });
  return { machine, leases, open, parts: { leases, processes: machine } };
}

describe('app: the lease of a folder', () => {
  it('goes to the first window, and the second follows it', async () => {
    const { open, parts } = rig();
    const [first, second] = [open('first'), open('second')];
    assert.deepEqual(await contend(place, first, 'contender', parts), { kind: 'leads', generation: 1 });
    assert.deepEqual(await contend(place, second, 'contender', parts), { kind: 'follows', holder: first, generation: 1 });
    assert.ok(holds(place, 1, first, parts.leases));
    assert.ok(!holds(place, 1, second, parts.leases));
  });

  it('goes to exactly one of twenty windows when its holder is gone', async () => {
    const { open, machine, parts } = rig();
    const gone = open('gone');
    await contend(place, gone, 'contender', parts);
    machine.end(gone.pid);
    const contenders = Array.from({ length: 20 }, (_, index) => open(`window ${index}`));
    const contests = await Promise.all(contenders.map((each) => contend(place, each, 'contender', parts)));
    assert.equal(contests.filter(({ kind }) => kind === 'leads').length, 1);
    assert.equal(contests.filter(({ kind }) => kind === 'follows').length, 19);
  });

  it('goes on to the next window at once when it was released', async () => {
    const { open, leases, parts } = rig();
    const [first, second] = [open('first'), open('second')];
    await contend(place, first, 'contender', parts);
    leases.release(place, 1);
    assert.deepEqual(await contend(place, second, 'contender', parts), { kind: 'leads', generation: 2 });
    assert.ok(!holds(place, 1, first, leases));
  });

  it('is taken over when another process has the pid of its holder', async () => {
    const { open, leases, parts } = rig();
    const other = open('other program');
    leases.claim(place, 1, { pid: other.pid, born: 'earlier', window: 'gone' });
    assert.equal((await contend(place, open('me'), 'contender', parts)).kind, 'leads');
  });

  it('is left to its holder when no start time was noted and the pid lives', async () => {
    const { open, leases, parts } = rig();
    const { pid } = open('other');
    leases.claim(place, 1, { pid, window: 'other' });
    assert.equal((await contend(place, open('me'), 'contender', parts)).kind, 'follows');
  });

  it('is never taken over when its holder cannot be looked at', async () => {
    const { open, leases } = rig();
    leases.claim(place, 1, { pid: 4711, born: 'b', window: 'other' });
    const processes = { identify: () => Promise.resolve(unavailable('hidden')) };
    assert.equal((await contend(place, open('me'), 'contender', { leases, processes })).kind, 'follows');
  });

  it('is taken over from an earlier activation in the same process', async () => {
    const { open, leases, parts } = rig();
    const me = open('now');
    leases.claim(place, 1, { ...me, window: 'before' });
    assert.deepEqual(await contend(place, me, 'contender', parts), { kind: 'leads', generation: 2 });
  });

  it('is not claimed by a bystander', async () => {
    const { open, leases, parts } = rig();
    assert.deepEqual(await contend(place, open('untrusted'), 'bystander', parts), { kind: 'vacant' });
    assert.deepEqual(leases.read(place), known(undefined));
  });

  it('counts as held while it cannot be read', async () => {
    const { open, leases, parts } = rig();
    const me = open('me');
    await contend(place, me, 'contender', parts);
    leases.obstacle = 'EACCES';
    assert.ok(holds(place, 1, me, leases));
    assert.deepEqual(await contend(place, open('other'), 'contender', parts), { kind: 'unavailable', why: 'EACCES' });
  });
});
