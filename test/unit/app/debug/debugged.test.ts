/** A service whose debugger is attached or paused. */
import assert from 'node:assert/strict';
import { takeOver } from '../../../../src/core/lifecycle/takeOver';
import { stateIcon } from '../../../../src/core/views/icon';
import { rowText } from '../../../../src/core/views/rowText';
import { settle } from '../../../support/fakes/clock';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const hurried = (key: string, port: number) =>
  serviceSpec(key, {
    port,
    restartUnhealthyAfter: 5000,
    probe: probeSpec({ target: { kind: 'tcp', port }, interval: 1000, startPeriod: 0, failureThreshold: 1 }),
  });

const web = hurried('web', 8000);
const hang = { kind: 'noAnswer', timeout: 2000 } as const;

describe('app: a service that is paused in its debugger', () => {
  it('stays healthy and running, with the reason, while others that do not respond are judged', async () => {
    const world = new FakeWorld(web, hurried('other', 8001));
    await world.up();
    await world.up('other');
    world.debuggers.attach(web);
    world.debuggers.pause(web, true);
    for (const port of [8000, 8001]) world.prober.answer(port, hang);
    await world.clock.turn(4000);
    assert.deepEqual([world.snapshot().health, world.snapshot().reason], ['healthy', 'Paused in the debugger.']);
    const service = world.service('web');
    assert.deepEqual([rowText(service), stateIcon(service).id], ['Paused in the debugger', 'debug-pause']);
    assert.equal(world.snapshot('other').health, 'unhealthy');
    await world.clock.turn(600_000);
    assert.deepEqual([world.snapshot().health, world.service('web').state.restarts.total], ['healthy', 0]);
    assert.ok(world.service('other').state.restarts.total > 0, 'the other one was restarted');
  });

  it('is judged again when it goes on, without what failed meanwhile', async () => {
    const world = new FakeWorld(
      serviceSpec('web', { probe: probeSpec({ interval: 1000, startPeriod: 0, failureThreshold: 2 }) }),
    );
    await world.up();
    world.prober.answer(8000, hang);
    world.debuggers.pause(web, true);
    await world.clock.turn(10_000);
    world.debuggers.pause(web, false);
    await world.clock.turn(500);
    assert.deepEqual([world.snapshot().health, world.snapshot().reason], ['healthy', undefined]);
    await world.clock.turn(3000);
    assert.equal(world.snapshot().health, 'unhealthy');
  });

  it('takes no failure of a probe that began while it was paused', async () => {
    const world = new FakeWorld(web);
    await world.up();
    world.debuggers.pause(web, true);
    world.prober.gate.close();
    await world.clock.turn(2000);
    world.debuggers.pause(web, false);
    world.prober.answerLate(hang);
    world.prober.gate.open();
    await settle();
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('is not called unready when it is paused while it starts', async () => {
    const world = new FakeWorld(web);
    world.prober.answer(8000, hang);
    world.supervisor.start('web');
    await settle();
    world.debuggers.pause(web, true);
    await world.clock.turn(60_000);
    assert.deepEqual([world.kind(), world.snapshot().health], ['starting', 'unknown']);
    world.prober.answer(8000);
    world.debuggers.pause(web, false);
    await world.clock.turn(1000);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('is no longer paused for a window that takes over', async () => {
    const world = new FakeWorld(web);
    await world.up();
    world.debuggers.pause(web, true);
    const { state } = takeOver(world.service('web'), { process: undefined, at: world.clock.now() });
    assert.equal('paused' in state.lifecycle, false);
  });
});

describe('app: a service to which a debugger is attached', () => {
  it('is asked to exit when the debugger has left', async () => {
    const world = new FakeWorld(web);
    await world.up();
    let left: () => void = () => undefined;
    world.debuggers.attach(web);
    world.debuggers.leaving = new Promise((resolve) => (left = resolve));
    world.supervisor.restart('web');
    await settle();
    assert.deepEqual([world.debuggers.detached, world.machine.signals], [['web'], []]);
    left();
    await settle();
    assert.deepEqual(
      world.machine.signals.map((signal) => signal.split(' ')[0]),
      ['SIGINT'],
    );
  });

  it('loses its debugger with its process', async () => {
    const world = new FakeWorld(web);
    await world.up();
    world.debuggers.attach(web);
    await world.crash();
    assert.deepEqual(world.debuggers.detached, ['web']);
  });

  it('is not restarted by a change of files, neither its own nor those of a dependency', async () => {
    const after = serviceSpec('after', { dependsOn: [{ id: 'web', condition: 'started', restart: true }] });
    const world = new FakeWorld(web, { ...after, port: 8001 });
    for (const id of ['web', 'after']) await world.up(id);
    const changed = (): void => {
      world.supervisor.filesChanged('web', { kind: 'changed', file: 'a.js', others: 0 }, world.clock.now());
    };
    world.debuggers.attach(web);
    changed();
    assert.deepEqual([world.kind('web'), world.kind('after')], ['running', 'running']);
    world.debuggers.leave(web);
    world.debuggers.attach(after);
    changed();
    assert.deepEqual([world.kind('web'), world.kind('after')], ['stopping', 'running']);
  });

  it('gets the environment for its debugger at one launch, and consent to exactly what is configured', async () => {
    const world = new FakeWorld(web);
    world.debuggers.environment['NODE_OPTIONS'] = '--inspect=127.0.0.1:0';
    await world.up();
    assert.deepEqual(world.terminals.launches[0]?.launch.env, { NODE_OPTIONS: '--inspect=127.0.0.1:0' });
    assert.deepEqual(world.recorded, ['web']);
  });
});
