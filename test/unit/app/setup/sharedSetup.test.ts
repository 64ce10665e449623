/** The same setup step of several services: run once, ended with the last who waits. */
import assert from 'node:assert/strict';
import { settle } from '../../../support/fakes/clock';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';
import { begin, end, step } from './setupSteps';

describe('app: setup that services share', () => {
  const two = (): FakeWorld =>
    new FakeWorld(
      serviceSpec('web', { setup: [step('install')], port: 8000 }),
      serviceSpec('api', { setup: [{ ...step('install'), name: 'packages' }], port: 8001 }),
    );

  it('runs once for both, under the name that each gives it', async () => {
    const world = two();
    await begin(world, 'web');
    await begin(world, 'api');
    assert.deepEqual(
      [world.snapshot('web').reason, world.snapshot('api').reason],
      ['Running setup step "install".', 'Running setup step "packages".'],
    );
    assert.deepEqual(world.setup.launched, ['install']);
    await end(world, 'install');
    assert.deepEqual([world.kind('web'), world.kind('api'), world.setup.launched], ['running', 'running', ['install']]);
  });

  it('fails for both', async () => {
    const world = two();
    await begin(world, 'web');
    await begin(world, 'api');
    await end(world, 'install', 2);
    assert.match(world.snapshot('web').reason ?? '', /"install" failed with exit code 2/);
    assert.match(world.snapshot('api').reason ?? '', /"packages" failed with exit code 2/);
  });

  it('goes on when one of them is stopped, and is ended with the last', async () => {
    const world = two();
    await begin(world, 'web');
    await begin(world, 'api');
    const { identity } = world.setup.of('install').process;
    world.supervisor.stop('web');
    await settle();
    assert.deepEqual([world.kind('web'), world.kind('api'), world.machine.isAlive(identity)], ['stopped', 'launching', true]);
    world.supervisor.stop('api');
    await world.clock.turn(5000);
    assert.deepEqual([world.kind('api'), world.machine.isAlive(identity)], ['stopped', false]);
  });

  it('begins anew for one that comes while the step is being ended', async () => {
    const world = two();
    await begin(world, 'web');
    world.setup.of('install').process.manner = 'stay';
    world.supervisor.stop('web');
    await begin(world, 'api');
    assert.deepEqual(world.setup.launched, ['install']);
    await world.clock.turn(20_000);
    assert.deepEqual(
      [world.kind('web'), world.kind('api'), world.setup.launched],
      ['stopped', 'launching', ['install', 'packages']],
    );
    await end(world, 'packages');
    assert.equal(world.kind('api'), 'running');
  });

  it('runs once for members of a workspace, who install from their folders into one', async () => {
    const install = { name: 'install', command: 'pnpm install', unless: '/shop/node_modules' };
    const world = new FakeWorld(
      serviceSpec('web', { setup: [install], folder: '/shop/apps/web', port: 8000 }),
      serviceSpec('api', { setup: [install], folder: '/shop/apps/api', port: 8001 }),
      serviceSpec('other', {
        setup: [{ ...install, unless: '/shop/apps/other/node_modules' }],
        folder: '/shop/apps/other',
        port: 8002,
      }),
    );
    for (const id of ['web', 'api', 'other']) await begin(world, id);
    assert.deepEqual(
      world.setup.requests.map(({ spec }) => spec.id),
      ['web', 'other'],
    );
  });
});
