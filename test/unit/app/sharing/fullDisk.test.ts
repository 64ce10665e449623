/** Where nothing can be written, what a window has seen is all there is to go by. */
import assert from 'node:assert/strict';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';

const web = serviceSpec('web', { restart: 'on-failure' });

async function startedOnFullDisk() {
  const desktop = new FakeDesktop([web]);
  const first = desktop.open();
  await desktop.clock.turn(50);
  const second = desktop.open();
  await desktop.clock.turn(50);
  desktop.fillDisk();
  second.present.supervisor.start('web');
  await desktop.clock.turn(200);
  assert.deepEqual([first.kind(), second.kind()], ['running', 'running']);
  return { desktop, first, second };
}

describe('app: two windows and a full disk', () => {
  it('takes over what runs from the window that was killed, although neither it nor the lease could be noted', async () => {
    const { desktop, first, second } = await startedOnFullDisk();
    const [process] = desktop.machine.living('web');
    first.kill();
    await desktop.clock.turn(3000);
    assert.ok(second.present.sharing.leads(web));
    assert.equal(second.kind(), 'running');
    second.present.supervisor.restart('web');
    await desktop.clock.turn(1000);
    assert.deepEqual([second.kind(), desktop.copies(), desktop.crashes], ['running', [], []]);
    assert.notEqual(desktop.machine.living('web')[0]?.identity.pid, process?.identity.pid);
  });

  it('holds the lease that it had prepared, so that no other window supervises beside it', async () => {
    const { desktop, first, second } = await startedOnFullDisk();
    first.kill();
    await desktop.clock.turn(1000);
    const lease = desktop.leases.read('/real/shop');
    assert.ok(lease.kind === 'known');
    assert.equal(lease.value?.holder?.window, second.present.id);
    first.boot();
    await desktop.clock.turn(1000);
    first.present.supervisor.start('web');
    await desktop.clock.turn(10_000);
    assert.ok(first.present.sharing.follows(web));
    assert.deepEqual([first.kind(), desktop.copies()], ['running', []]);
  });

  it('takes over what was shown in a window that could prepare nothing', async () => {
    const { desktop, first, second } = await startedOnFullDisk();
    const late = desktop.open();
    await desktop.clock.turn(100);
    assert.equal(late.kind(), 'running');
    for (const window of [first, second]) window.kill();
    await desktop.clock.turn(3000);
    assert.ok(late.present.sharing.leads(web));
    assert.deepEqual([late.kind(), desktop.machine.living('web').length], ['running', 1]);
    late.present.supervisor.stop('web');
    await desktop.clock.turn(1000);
    assert.deepEqual([late.kind(), desktop.machine.living('web')], ['stopped', []]);
  });

  it('notes what it has taken over as soon as there is room again', async () => {
    const { desktop, first, second } = await startedOnFullDisk();
    first.kill();
    desktop.freeDisk();
    await desktop.clock.turn(3000);
    assert.deepEqual([second.kind(), desktop.unnoted()], ['running', []]);
    const [note] = desktop.ledger.values();
    assert.deepEqual([note?.spec?.key, note?.port], ['web', 8000]);
  });

  it('does not start again what was stopped', async () => {
    const { desktop, first, second } = await startedOnFullDisk();
    first.present.supervisor.stop('web');
    await desktop.clock.turn(1000);
    first.kill();
    await desktop.clock.turn(120_000);
    assert.deepEqual([second.kind(), desktop.machine.living('web')], ['stopped', []]);
  });
});
