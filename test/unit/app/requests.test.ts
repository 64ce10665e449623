/** Start, stop and restart at any moment, twice, and in the way of one another. */
import assert from 'node:assert/strict';
import { Supervisor } from '../../../src/app/supervisor';
import { settle } from '../../support/fakes/clock';
import { jobSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld, nothing } from '../../support/fakes/world';

describe('app: requests', () => {
  it('starts once, however often it is asked', async () => {
    const world = new FakeWorld(serviceSpec());
    world.supervisor.start('web');
    world.supervisor.start('web');
    await world.clock.turn(100);
    world.supervisor.start('web');
    await world.clock.turn(100);
    assert.deepEqual([world.terminals.launches.length, world.machine.living().length], [1, 1]);
  });

  it('shows Starting and Stopping before any work', async () => {
    const world = new FakeWorld(serviceSpec());
    world.supervisor.start('web');
    assert.equal(world.snapshot().lifecycle, 'starting');
    await world.clock.turn(100);
    world.supervisor.stop('web');
    assert.equal(world.snapshot().lifecycle, 'stopping');
  });

  it('says why a start was refused, and launches nothing', async () => {
    const world = new FakeWorld(serviceSpec());
    world.refusal = { kind: 'missingEnvFile', path: '/shop/.env' };
    await world.up();
    assert.match(world.snapshot().reason ?? '', /Env file not found: \/shop\/\.env/);
    assert.deepEqual(world.terminals.order, []);
  });

  it('looks at the tree before it types Ctrl+C, where parents that are gone are forgotten', async () => {
    const world = new FakeWorld(serviceSpec());
    const onWindows = new Supervisor(world.store, { ...world.world, stopsByTyping: true });
    world.supervisor.dispose();
    onWindows.start('web');
    await world.clock.turn(100);
    world.trees.steps.length = 0;
    world.terminals.onTyped = () => world.trees.steps.push('Ctrl+C');
    onWindows.stop('web');
    await world.clock.turn(100);
    assert.deepEqual(world.trees.steps.slice(0, 2), ['look', 'Ctrl+C']);
    onWindows.dispose();
  });

  it('is stopped when every process is gone, and not before', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const child = world.machine.spawn('web', world.run());
    child.manner = 'stay';
    world.supervisor.stop('web');
    await world.clock.turn(5000);
    assert.equal(world.kind(), 'stopping');
    world.machine.end(child.identity.pid);
    world.trees.look();
    await settle();
    assert.deepEqual(world.lifecycle(), { kind: 'stopped', run: 'run1', cause: { kind: 'command' } });
  });

  it('kills after the grace period what does not leave, and says so', async () => {
    const world = new FakeWorld(serviceSpec('web', { stopGracePeriod: 4000 }));
    await world.up();
    for (const each of world.machine.living()) each.manner = 'stay';
    const pid = world.pid();
    world.supervisor.stop('web');
    await world.clock.turn(3999);
    assert.deepEqual(world.machine.signals, [`SIGINT ${pid}`]);
    await world.clock.turn(1);
    assert.deepEqual(world.machine.signals, [`SIGINT ${pid}`, `SIGKILL ${pid}`]);
    assert.match(world.snapshot().reason ?? '', new RegExp(`Did not exit within 4 s of SIGINT.*pid ${pid}`));
  });

  it('says who holds the port when everything of the service is gone', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.trees.departure = { portFree: false, holders: [{ port: 8000, address: '::', family: 6, pids: [9] }] };
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.match(world.snapshot().reason ?? '', /Port 8000 is still in use by pid 9/);
  });

  it('follows on what cannot be killed, starts no copy beside it, and tries again on the next stop', async () => {
    const world = new FakeWorld(serviceSpec('web', { stopGracePeriod: 0 }));
    await world.up();
    const [stubborn] = world.machine.living();
    assert.ok(stubborn !== undefined);
    stubborn.manner = 'resist';
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.match(world.snapshot().reason ?? '', /^Could not be stopped/);
    assert.equal(world.ledger.size, 1, 'a later window must find it');
    world.supervisor.start('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['failed', 1]);
    stubborn.manner = 'stay';
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().length, world.ledger.size], ['stopped', 0, 0]);
  });

  it('notices that what could not be killed is gone in the end', async () => {
    const world = new FakeWorld(serviceSpec('web', { stopGracePeriod: 0 }));
    await world.up();
    for (const each of world.machine.living()) each.manner = 'resist';
    world.supervisor.stop('web');
    await world.clock.turn(100);
    world.machine.end(world.pid());
    world.trees.look();
    await settle();
    assert.equal(world.kind(), 'stopped');
  });

  it('abandons the launch when it is stopped during its preparation', async () => {
    const world = new FakeWorld(serviceSpec());
    world.preflight.close();
    world.supervisor.start('web');
    await settle();
    world.supervisor.stop('web');
    world.preflight.open();
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['stopped', 0]);
  });

  it('ends the process of a launch that was stopped too late to abandon it', async () => {
    const world = new FakeWorld(serviceSpec());
    world.terminals.gate.close();
    world.supervisor.start('web');
    await settle();
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.equal(world.kind(), 'stopping');
    world.terminals.gate.open();
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().length, world.terminals.launches.length], ['stopped', 0, 1]);
  });

  it('restarts what is being launched, one after the other', async () => {
    const world = new FakeWorld(serviceSpec());
    world.terminals.gate.close();
    world.supervisor.start('web');
    await settle();
    world.supervisor.restart('web');
    world.terminals.gate.open();
    await world.clock.turn(200);
    assert.deepEqual([world.kind(), world.machine.living().length, world.terminals.launches.length], ['running', 1, 2]);
    assert.equal(world.snapshot().pid, 102);
  });

  it('restarts a running service with a new process, and a stopped one as well', async () => {
    const world = new FakeWorld(serviceSpec());
    world.supervisor.restart('web');
    await world.clock.turn(100);
    const first = world.pid();
    world.supervisor.restart('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().length], ['running', 1]);
    assert.notEqual(world.pid(), first);
    assert.equal(world.snapshot().restarts, 0, 'a restart by hand is no failure');
  });

  it('lets the last request win while it stops', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    for (const each of world.machine.living()) each.manner = 'stay';
    world.supervisor.restart('web');
    world.supervisor.stop('web');
    await world.clock.turn(20_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['stopped', 1]);
    await world.up();
    for (const each of world.machine.living()) each.manner = 'stay';
    world.supervisor.stop('web');
    world.supervisor.start('web');
    await world.clock.turn(20_000);
    assert.deepEqual([world.kind(), world.machine.living().length], ['running', 1]);
  });

  it('does not take a stop for a crash, whatever the terminal tells of it', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'always' }));
    await world.up();
    const run = world.run();
    world.supervisor.stop('web');
    world.terminals.tell.ended(run, 137, false);
    world.terminals.tell.closed(run);
    await world.clock.turn(60_000);
    assert.deepEqual(world.lifecycle(), { kind: 'stopped', run, cause: { kind: 'command' } });
  });

  it('tells a closed terminal from a stop, and ends what survives the closing', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    const run = world.run();
    world.terminals.tell.closed(run);
    await world.clock.turn(100);
    assert.deepEqual(world.lifecycle(), { kind: 'stopped', run, cause: { kind: 'terminalClosed' } });
    assert.equal(world.machine.living().length, 0);
  });

  it('knows no other service and no other run', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.supervisor.start('nobody');
    world.supervisor.stop('nobody');
    world.terminals.tell.ended('run99', 1, false);
    world.terminals.tell.closed('run99');
    world.terminals.tell.wrote('run99', 'Error: no\n');
    assert.equal(world.kind(), 'running');
  });

  it('leaves nothing behind after a stop: no timer, no watch, no tree, no note', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
    assert.equal(world.ledger.size, 0);
    world.supervisor.dispose();
    assert.deepEqual(world.leftovers(), nothing);
  });

  it('leaves every process alone when the window goes, notes them, and does nothing afterwards', async () => {
    const world = new FakeWorld(serviceSpec(), jobSpec('job'), serviceSpec('late', { port: 1 }));
    await world.up('web');
    await world.up('job');
    world.preflight.close();
    world.supervisor.start('late');
    await settle();
    world.supervisor.dispose();
    assert.deepEqual(world.leftovers(), nothing);
    world.preflight.open();
    await world.clock.turn(120_000);
    assert.deepEqual(world.terminals.order, ['web', 'job']);
    assert.deepEqual([world.machine.living().length, world.machine.signals, world.ledger.size], [2, [], 2]);
    assert.deepEqual(world.leftovers(), nothing);
  });

  it('has no timer left after the window went in the middle of a launch, a stop or a back-off', async () => {
    const world = new FakeWorld(
      serviceSpec('a'),
      serviceSpec('b', { port: 2 }),
      serviceSpec('c', { port: 3, restart: 'always' }),
    );
    for (const id of ['b', 'c']) await world.up(id);
    for (const each of world.machine.living('b')) each.manner = 'stay';
    world.terminals.gate.close();
    world.supervisor.start('a');
    world.supervisor.stop('b');
    await world.crash('c');
    assert.deepEqual(
      ['a', 'b', 'c'].map((id) => world.kind(id)),
      ['launching', 'stopping', 'backingOff'],
    );
    world.supervisor.dispose();
    world.terminals.gate.open();
    await world.clock.turn(120_000);
    assert.deepEqual(world.leftovers(), nothing);
    assert.deepEqual([world.machine.living('a').length, world.machine.living('b').length], [1, 1]);
  });
});
