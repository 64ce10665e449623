/** A port that a service of another folder holds is freed through the window that supervises that service. */
import assert from 'node:assert/strict';
import { toSnapshot } from '../../../../src/core/snapshot/toSnapshot';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';

const web = serviceSpec('web', { restart: 'always' });
const service = { folder: '/shop', key: 'web' };
const request = { port: 8000, service: 'api' };

async function running() {
  const desktop = new FakeDesktop([web]);
  const owner = desktop.open();
  await desktop.clock.turn(50);
  owner.present.supervisor.start('web');
  await desktop.clock.turn(100);
  const asker = desktop.open();
  await desktop.clock.turn(50);
  return { desktop, owner, asker };
}

describe('app: a service of another window that holds a port', () => {
  it('is stopped by its window, whose row says why, and is not restarted', async () => {
    const { desktop, owner, asker } = await running();
    const outcome = asker.present.sharing.stopElsewhere(service, request);
    await desktop.clock.turn(1000);
    assert.equal(await outcome, true);
    const shown = owner.present.store.get('web');
    assert.equal(shown && toSnapshot(shown).reason, 'To free port 8000 for api.');
    await desktop.clock.turn(60_000);
    assert.deepEqual([owner.kind(), desktop.machine.living('web')], ['stopped', []]);
  });

  it('is reported as stopped when it has stopped, and not before', async () => {
    const { desktop, asker } = await running();
    for (const each of desktop.machine.living('web')) each.manner = 'stay';
    let isOver = false;
    const outcome = asker.present.sharing.stopElsewhere(service, request).finally(() => (isOver = true));
    await desktop.clock.turn(5000);
    assert.equal(isOver, false);
    await desktop.clock.turn(20_000);
    assert.deepEqual([await outcome, desktop.machine.living('web')], [true, []]);
  });

  it('is left to its pid when its window does not reply', async () => {
    const { desktop, asker } = await running();
    desktop.network.delay = 60_000;
    const outcome = asker.present.sharing.stopElsewhere(service, request);
    await desktop.clock.turn(10_000);
    assert.deepEqual([await outcome, desktop.machine.living('web').length], [false, 1]);
  });

  it('is left to its pid when no window supervises it any more', async () => {
    const { desktop, owner, asker } = await running();
    asker.present.sharing.dispose();
    owner.kill();
    const outcome = asker.present.sharing.stopElsewhere(service, request);
    await desktop.clock.turn(10_000);
    assert.deepEqual([await outcome, desktop.machine.living('web').length], [false, 1]);
  });
});
