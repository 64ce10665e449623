/** A port that somebody holds: who is ended, who is asked about, and who is never touched. */
import assert from 'node:assert/strict';
import type { ServiceSpec } from '../../../src/core/model/service';
import { settle } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld, nothing } from '../../support/fakes/world';

const policy = (onPortConflict: ServiceSpec['onPortConflict']): ServiceSpec => serviceSpec('web', { onPortConflict });

describe('app: a port that is taken', () => {
  it('is asked about, and the stranger is ended only after the answer; then it is launched', async () => {
    const world = new FakeWorld(policy('ask'));
    const { process } = world.stranger(8000);
    world.supervisor.start('web');
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind(), world.questions.length, world.machine.signals], ['launching', 1, []]);
    assert.match(world.snapshot().reason ?? '', /^Port 8000 is in use by pid/);
    world.questions[0]?.answer('stop');
    await world.clock.turn(100);
    assert.deepEqual(world.machine.signals, [`SIGTERM ${process.pid}`]);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('kills after a while the one whose end was agreed to and who stays', async () => {
    const world = new FakeWorld(policy('ask'));
    const { process } = world.stranger(8000);
    for (const each of world.machine.living()) each.manner = 'stay';
    world.supervisor.start('web');
    await settle();
    world.questions[0]?.answer('stop');
    await world.clock.turn(5000);
    assert.deepEqual(world.machine.signals, [`SIGTERM ${process.pid}`, `SIGKILL ${process.pid}`]);
    assert.equal(world.kind(), 'running');
  });

  it('is no longer asked about after a cancelled question, which is no failure', async () => {
    const world = new FakeWorld(policy('ask'));
    const { process } = world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    world.questions[0]?.answer('cancel');
    await settle();
    assert.deepEqual([world.kind(), world.snapshot().reason], ['stopped', undefined]);
    assert.ok(world.machine.isAlive(process));
  });

  it('is asked about until there is an answer, also after the notification was closed', async () => {
    const world = new FakeWorld(policy('ask'));
    const { process } = world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    world.questions[0]?.answer(undefined);
    await world.clock.turn(600_000);
    assert.match(world.snapshot().reason ?? '', new RegExp(`^Port 8000 is in use by pid ${process.pid} \\(command`));
    assert.equal(world.kind(), 'launching');
    world.supervisor.answerPort('web', 'stop');
    await world.clock.turn(5000);
    assert.equal(world.kind(), 'running');
    world.supervisor.answerPort('web', 'stop');
    assert.equal(world.kind(), 'running');
  });

  it('is asked about again when somebody else took it meanwhile: consent is for one pid', async () => {
    const world = new FakeWorld(policy('ask'));
    const first = world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    const second = world.machine.spawn('stranger', 'none').identity;
    world.ports.set(8000, {
      kind: 'taken',
      owners: [first, world.machine.seen(second.pid)],
    });
    world.questions[0]?.answer('stop');
    await world.clock.turn(100);
    assert.equal(world.questions.length, 2);
    assert.ok(world.machine.isAlive(second));
  });

  it('is freed unasked by "stop" only from what an earlier run left over', async () => {
    const ours = new FakeWorld(policy('stop'));
    ours.leftOver(8000, policy('stop'));
    await ours.up();
    assert.deepEqual([ours.kind(), ours.questions.length], ['running', 0]);
    const theirs = new FakeWorld(policy('stop'));
    const { process } = theirs.stranger(8000);
    await theirs.up();
    assert.deepEqual([theirs.kind(), theirs.questions.length, theirs.machine.isAlive(process)], ['launching', 1, true]);
  });

  it('is not freed again and again from what somebody else starts anew', async () => {
    const world = new FakeWorld(policy('stop'));
    const { process } = world.leftOver(8000, policy('stop'));
    for (const each of world.machine.living()) each.manner = 'resist';
    world.supervisor.start('web', 'auto');
    await world.clock.turn(60_000);
    assert.equal(world.kind(), 'failed');
    assert.equal(world.machine.signals.filter((signal) => signal === `SIGTERM ${process.pid}`).length, 1);
  });

  it('is refused by "fail", and by "ask" when nobody is there to be asked', async () => {
    for (const [spec, by] of [
      [policy('fail'), 'user'],
      [policy('ask'), 'auto'],
    ] as const) {
      const world = new FakeWorld(spec);
      const { process } = world.stranger(8000);
      world.supervisor.start('web', by);
      await settle();
      assert.deepEqual([world.kind(), world.questions.length, world.machine.isAlive(process)], ['failed', 0, true]);
    }
  });

  it('is adopted by "adopt": watched and probed without a terminal, and left alone by a stop', async () => {
    const world = new FakeWorld(policy('adopt'));
    const { process } = world.stranger(8000);
    await world.up();
    assert.deepEqual([world.snapshot().lifecycle, world.snapshot().health, world.terminals.order], ['external', 'healthy', []]);
    world.supervisor.stop('web');
    await settle();
    assert.deepEqual([world.kind(), world.machine.isAlive(process), world.machine.signals], ['stopped', true, []]);
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
    await world.up();
    world.machine.end(process.pid);
    await settle();
    assert.match(world.snapshot().reason ?? '', /The monitored process has ended/);
  });

  it('is unhealthy as External when it does not answer', async () => {
    const world = new FakeWorld(policy('adopt'));
    world.stranger(8000);
    await world.up();
    world.prober.refuse(8000);
    await world.clock.turn(30_000);
    assert.deepEqual([world.kind(), world.snapshot().health], ['external', 'unhealthy']);
  });

  it('is refused when its owner cannot be seen, and told apart from one that the system forbids', async () => {
    const world = new FakeWorld(policy('stop'));
    world.ports.set(8000, { kind: 'taken', owners: [] });
    await world.up();
    assert.match(world.snapshot().reason ?? '', /in use by a process that this user cannot see/);
    world.ports.set(8000, { kind: 'forbidden', why: 'ports below 1024 need root' });
    await world.up();
    assert.match(world.snapshot().reason ?? '', /No permission to listen on port 8000\. ports below 1024/);
  });

  it('is not waited for by a stop: nothing is under way while the question is open', async () => {
    const world = new FakeWorld(policy('ask'));
    const { process } = world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    world.supervisor.stop('web');
    assert.equal(world.kind(), 'stopped');
    world.questions[0]?.answer('stop');
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind(), world.machine.isAlive(process), world.terminals.order], ['stopped', true, []]);
  });

  it('is looked at again by a restart while the question is open', async () => {
    const world = new FakeWorld(policy('ask'));
    const { process } = world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    world.machine.end(process.pid);
    world.supervisor.restart('web');
    await world.clock.turn(100);
    assert.equal(world.kind(), 'running');
    world.questions[0]?.answer('cancel');
    await settle();
    assert.equal(world.kind(), 'running');
  });

  it('ends the process of a launch that was stopped after the port had been freed for it', async () => {
    const world = new FakeWorld(policy('ask'));
    world.stranger(8000);
    world.supervisor.start('web');
    await settle();
    world.terminals.gate.close();
    world.questions[0]?.answer('stop');
    await world.clock.turn(100);
    assert.equal(world.terminals.gate.waiting, 1);
    world.supervisor.stop('web');
    world.terminals.gate.open();
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.living().length], ['stopped', 0]);
  });

  it('without an owner is waited for, and the service starts once it is free', async () => {
    const world = new FakeWorld(policy('ask'));
    world.ports.set(8000, { kind: 'closing' });
    world.supervisor.start('web');
    await world.clock.turn(3000);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['launching', 0]);
    assert.equal(world.snapshot().reason, 'Port 8000 is still closing; it is started once the port is free.');
    world.ports.delete(8000);
    await world.clock.turn(400);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('without an owner for more than five seconds is a failure', async () => {
    const world = new FakeWorld(policy('ask'));
    world.ports.set(8000, { kind: 'closing' });
    world.supervisor.start('web');
    await world.clock.turn(6000);
    assert.deepEqual([world.kind(), world.terminals.launches.length, world.clock.pending], ['failed', 0, 0]);
    assert.match(world.snapshot().reason ?? '', /^Port 8000 is in use by a process that this user cannot see/);
  });

  it('without an owner does not keep a start that is cancelled', async () => {
    const world = new FakeWorld(policy('ask'));
    world.ports.set(8000, { kind: 'closing' });
    world.supervisor.start('web');
    await world.clock.turn(1000);
    world.supervisor.stop('web');
    await world.clock.turn(1000);
    world.ports.delete(8000);
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind(), world.terminals.launches.length], ['stopped', 0]);
  });
});
