/** What an earlier window left running is found again; nobody else is taken for it. */
import assert from 'node:assert/strict';
import { adoptNewcomer, adoptRunning } from '../../../src/app/adoption';
import type { LedgerEntry } from '../../../src/app/ports';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const spec = serviceSpec();

/** A process of the window before, with the ledger's note. */
function leftRunning(world: FakeWorld, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const { identity } = world.machine.spawn('web', 'old');
  const entry = {
    folder: '/shop',
    key: 'web',
    run: 'old',
    process: identity,
    command: 'run web',
    cwd: '/shop',
    startedAt: 5,
    ...changes,
  };
  world.ledger.set('/shop/web', entry);
  return entry;
}

const adoption = (world: FakeWorld) => ({ ...world.world, supervisor: world.supervisor });

describe('app: adoption', () => {
  it('finds the same process again, with its start and its health', async () => {
    const world = new FakeWorld(spec);
    const { process } = leftRunning(world, { readyAt: 6 });
    await adoptRunning([spec], adoption(world));
    await world.clock.turn(0);
    const { pid, startedAt, health, lifecycle } = world.snapshot();
    assert.deepEqual([pid, startedAt, health, lifecycle], [process.pid, 5, 'healthy', 'running']);
    assert.deepEqual([world.terminals.attached, world.terminals.order], [['old'], []]);
    assert.equal(world.ledger.get('/shop/web')?.readyAt, 6);
  });

  it('does not take a process that has got the pid for ours', async () => {
    const world = new FakeWorld(spec);
    const { identity } = world.machine.spawn('stranger', 'none');
    leftRunning(world, { process: { pid: identity.pid, born: 'earlier' } });
    await adoptRunning([spec], adoption(world));
    assert.deepEqual([world.kind(), world.ledger.size], ['stopped', 0]);
    assert.ok(world.machine.isAlive(identity));
  });

  it('stops and watches what it adopted like its own', async () => {
    const world = new FakeWorld(spec);
    const { process } = leftRunning(world);
    await adoptRunning([spec], adoption(world));
    await world.clock.turn(100);
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.isAlive(process), world.ledger.size], ['stopped', false, 0]);
  });

  it('never starts a second copy beside it', async () => {
    const world = new FakeWorld(spec);
    leftRunning(world);
    await adoptRunning([spec], adoption(world));
    await world.up();
    assert.deepEqual([world.machine.living('web').length, world.terminals.order], [1, []]);
  });

  it('shows a lost terminal, and that it was found again', async () => {
    const world = new FakeWorld(spec);
    leftRunning(world);
    await adoptRunning([spec], adoption(world));
    await world.clock.turn(100);
    world.terminals.tell.lost('old');
    assert.match(world.snapshot().reason ?? '', /Running without a terminal/);
    world.terminals.tell.found('old');
    assert.equal(world.snapshot().reason, undefined);
  });

  it('takes a newcomer in the place of a crashed run, and leaves nothing of that run behind', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    world.machine.end(world.pid());
    await world.clock.turn(0);
    const { identity } = world.machine.spawn('web', 'rerun');
    const outcome = await adoptNewcomer({ spec, pid: identity.pid, run: 'rerun' }, adoption(world), world.clock);
    await world.clock.turn(100);
    assert.deepEqual([outcome, world.snapshot().pid, world.trees.opened], ['adopted', identity.pid, 1]);
    world.supervisor.dispose();
    assert.equal(world.clock.pending, 0);
  });

  it('says of a newcomer beside a running service that it is a copy', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    const first = world.pid();
    const { identity } = world.machine.spawn('web', 'rerun');
    const outcome = adoptNewcomer({ spec, pid: identity.pid, run: 'rerun' }, adoption(world), world.clock);
    await world.clock.turn(6000);
    assert.deepEqual([await outcome, world.snapshot().pid], ['copy', first]);
    assert.equal(await adoptNewcomer({ spec, pid: 9999, run: 'none' }, adoption(world), world.clock), 'gone');
  });
});
