/** What processes use is read by the window that supervises them, and shown by every window of the folder. */
import assert from 'node:assert/strict';
import type { Usage } from '../../../../src/core/model/usage';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';
import type { FakeWindow } from '../../../support/fakes/windows';

const usageIn = (window: FakeWindow): Usage | undefined => window.present.store.get('web')?.usage;

async function twoWindows() {
  const desktop = new FakeDesktop([serviceSpec('web'), serviceSpec('api', {})]);
  const first = desktop.open();
  await desktop.clock.turn(50);
  first.present.supervisor.start('web');
  await desktop.clock.turn(100);
  const read = (usage: Usage): void => first.present.store.setUsages(new Map([['web', usage]]));
  return { desktop, first, read };
}

describe('app: what processes use in two windows', () => {
  it('is shown by a window that is opened later, and follows each reading', async () => {
    const { desktop, read } = await twoWindows();
    read({ memory: 1000, cpu: 2 });
    const second = desktop.open();
    await desktop.clock.turn(50);
    assert.deepEqual(usageIn(second), { memory: 1000, cpu: 2 });
    read({ memory: 2000, cpu: 50 });
    await desktop.clock.turn(50);
    assert.deepEqual(usageIn(second), { memory: 2000, cpu: 50 });
  });

  it('is gone in both with the process', async () => {
    const { desktop, first, read } = await twoWindows();
    const second = desktop.open();
    await desktop.clock.turn(50);
    read({ memory: 1000 });
    await desktop.clock.turn(50);
    assert.deepEqual(usageIn(second), { memory: 1000 });
    first.present.supervisor.stop('web');
    await desktop.clock.turn(20_000);
    assert.deepEqual([usageIn(first), usageIn(second)], [undefined, undefined]);
  });
});
