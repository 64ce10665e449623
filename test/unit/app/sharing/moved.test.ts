/** What runs with an old address of another service is marked in every window of its folder, also in one that is opened later. */
import assert from 'node:assert/strict';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';

const web = (api: number) => ({ ...serviceSpec('web'), usedPorts: { api } });
const moved = [{ id: 'api', before: 8000, now: 8001 }];

describe('app: an old address in two windows', () => {
  it('is marked in a window that is opened after the address changed, until the restart', async () => {
    const desktop = new FakeDesktop([web(8000)]);
    const first = desktop.open();
    await desktop.clock.turn(50);
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    desktop.specs = [web(8001)];
    first.present.store.configure({ services: desktop.specs, broken: [] });
    const second = desktop.open();
    await desktop.clock.turn(100);
    for (const { present } of [first, second]) assert.deepEqual(present.store.get('web')?.moved, moved);
    second.present.supervisor.restart('web');
    await desktop.clock.turn(5000);
    for (const window of [first, second])
      assert.deepEqual([window.present.store.get('web')?.moved, window.kind('web')], [undefined, 'running']);
  });
});
