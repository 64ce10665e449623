/** A service that is removed from its file while it runs is shown in every window until it stops, also in one that is opened later. */
import assert from 'node:assert/strict';
import { jobSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';
import type { FakeWindow } from '../../../support/fakes/windows';

const web = serviceSpec('web');
const worker = jobSpec('worker', { role: 'backend' });

const ids = (window: FakeWindow): readonly string[] => window.present.store.services().map(({ spec }) => spec.id);

async function running() {
  const desktop = new FakeDesktop([web, worker]);
  const first = desktop.open();
  await desktop.clock.turn(50);
  first.present.supervisor.start('web');
  await desktop.clock.turn(100);
  return { desktop, first };
}

/** One window that runs `web`, which its file does not name any more. */
async function removedWhileRunning() {
  const { desktop, first } = await running();
  desktop.specs = [worker];
  first.present.store.configure({ services: [worker], broken: [] });
  return { desktop, first };
}

describe('app: a service that is removed while two windows show it', () => {
  it('leaves the list of both when it stops', async () => {
    const { desktop, first } = await running();
    const second = desktop.open();
    await desktop.clock.turn(50);
    for (const { present } of [first, second]) present.store.configure({ services: [worker], broken: [] });
    await desktop.clock.turn(50);
    assert.deepEqual(
      [[...ids(first)].sort(), [...ids(second)].sort()],
      [
        ['web', 'worker'],
        ['web', 'worker'],
      ],
    );
    second.present.supervisor.stop('web');
    await desktop.clock.turn(1000);
    assert.deepEqual([ids(first), ids(second), desktop.machine.living('web')], [['worker'], ['worker'], []]);
  });

  it('is shown in a window that is opened after it was removed, and can be stopped there', async () => {
    const { desktop, first } = await removedWhileRunning();
    const second = desktop.open();
    await desktop.clock.turn(100);
    assert.equal(second.shown('web'), first.shown('web'));
    second.present.supervisor.stop('web');
    await desktop.clock.turn(1000);
    assert.deepEqual([ids(second), desktop.machine.living('web')], [['worker'], []]);
  });

  it('is taken over although it could not be noted, because the disk was full', async () => {
    const desktop = new FakeDesktop([web, worker]);
    const first = desktop.open();
    desktop.specs = [worker];
    const second = desktop.open();
    await desktop.clock.turn(100);
    desktop.fillDisk();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    assert.deepEqual([desktop.ledger.size, second.kind('web')], [0, 'running']);
    first.kill();
    await desktop.clock.turn(2000);
    assert.equal(second.kind('web'), 'running');
    second.present.supervisor.stop('web');
    await desktop.clock.turn(1000);
    assert.deepEqual([ids(second), desktop.machine.living('web')], [['worker'], []]);
  });

  it('is taken over with the folder', async () => {
    const { desktop, first } = await removedWhileRunning();
    const second = desktop.open();
    await desktop.clock.turn(100);
    first.kill();
    await desktop.clock.turn(2000);
    assert.equal(second.kind('web'), 'running');
    second.present.supervisor.stop('web');
    await desktop.clock.turn(1000);
    assert.deepEqual([ids(second), desktop.machine.living('web')], [['worker'], []]);
  });
});
