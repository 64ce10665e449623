/** What is configured and what runs, when the file changes under it. */
import assert from 'node:assert/strict';
import { settle } from '../../support/fakes/clock';
import { jobSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

describe('app: a configuration that changes', () => {
  it('leaves what runs as it was started, and starts the next run with the new words', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.configure(serviceSpec('web', { command: 'run web2', port: 9000 }));
    assert.deepEqual([world.kind(), world.snapshot().port], ['running', 8000]);
    world.supervisor.restart('web');
    await world.clock.turn(100);
    assert.deepEqual(
      [world.kind(), world.snapshot().port, world.terminals.launches[1]?.launch.command],
      ['running', 9000, 'run web2'],
    );
    assert.ok((world.prober.asked.get(9000) ?? 0) > 0);
  });

  it('takes new groups and commands at once, also for what runs, since the process does not depend on them', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.configure(serviceSpec('web', { groups: ['core'], commands: { seed: 'python seed.py' }, port: 9000 }));
    const { spec } = world.service('web');
    assert.deepEqual([spec.groups, spec.commands, spec.port], [['core'], { seed: 'python seed.py' }, 8000]);
  });

  it('takes the new words at once for what is at rest', () => {
    const world = new FakeWorld(serviceSpec());
    world.configure(serviceSpec('web', { port: 9000 }));
    assert.equal(world.snapshot().port, 9000);
  });

  it('goes on with a launch as it began, also when a question about its port is open', async () => {
    const world = new FakeWorld(jobSpec('web', { port: 8000 }));
    world.stranger(8000);
    world.supervisor.start('web');
    world.configure(serviceSpec('web', { port: 9000 }));
    await settle();
    assert.match(world.snapshot().reason ?? '', /^Port 8000 is in use/);
    world.questions[0]?.answer('stop');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.snapshot().port], ['running', 8000]);
  });

  it('keeps in sight what was removed while it runs, until it stops', async () => {
    const world = new FakeWorld(serviceSpec());
    await world.up();
    world.configure();
    assert.equal(world.kind(), 'running');
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.equal(world.store.get('web'), undefined);
    assert.deepEqual([world.machine.living().length, world.ledger.size, world.clock.pending], [0, 0, 0]);
  });

  it('forgets what was removed and crashes, without leaving anything behind', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'always' }));
    await world.up();
    world.configure();
    await world.crash();
    await world.clock.turn(60_000);
    assert.equal(world.store.get('web'), undefined);
    assert.deepEqual([world.machine.living().length, world.terminals.launches.length, world.clock.pending], [0, 1, 0]);
  });

  it('takes a new restart policy between a crash and its exit code', async () => {
    const world = new FakeWorld(serviceSpec('web', { restart: 'always' }));
    await world.up();
    world.configure(serviceSpec('web', { restart: 'no' }));
    await world.crash();
    assert.equal(world.kind(), 'failed');
  });

  it('tells who changed, and "all" when services come or go', () => {
    const world = new FakeWorld(serviceSpec(), serviceSpec('db'));
    const told: unknown[] = [];
    const subscription = world.store.onDidChange((changed) => told.push(changed));
    world.supervisor.start('web');
    world.configure(serviceSpec());
    subscription.dispose();
    world.configure();
    assert.deepEqual([told[0], told.at(-1)], [new Set(['web']), 'all']);
    assert.equal(told.filter((each) => each === 'all').length, 1);
  });
});
