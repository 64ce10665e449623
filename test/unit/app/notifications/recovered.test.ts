/** Services that recover while they are diagnosed: no other service is shown with their verdict. */
import assert from 'node:assert/strict';
import { FailureNotifier } from '../../../../src/app/notifications/notifier';
import { Gate } from '../../../support/fakes/gate';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const probe = probeSpec({ failureThreshold: 1, interval: 1000, startPeriod: 0 });
/** Five are diagnosed at once. */
const ports = [8001, 8002, 8003, 8004, 8005, 8006, 8007];

describe('app: notifications of services that recover', () => {
  it('show what is left with its own verdict', async () => {
    const world = new FakeWorld(...ports.map((port) => serviceSpec(`s${port}`, { port, probe })));
    const looks = new Gate();
    const diagnosed: string[] = [];
    const shown: string[] = [];
    const notifier = new FailureNotifier({
      store: world.store,
      clock: world.clock,
      diagnose: async (id) => {
        diagnosed.push(id);
        await looks.pass();
        return [
          { code: 'crashed', severity: 'error', short: 'Down', title: `${id} is down.`, detail: '', evidence: [], actions: [] },
        ];
      },
      isWanted: () => true,
      isAwaited: () => false,
      isPausedInDebugger: () => false,
      show: ({ message }) => {
        shown.push(message);
        return Promise.resolve();
      },
    });
    for (const port of ports) await world.up(`s${port}`);
    for (const port of ports) world.prober.refuse(port);
    for (const amount of [5, 6]) {
      const letGo = looks.replace();
      looks.close();
      letGo();
      await world.clock.turn(4000);
      assert.equal(diagnosed.length, amount);
      for (const id of diagnosed) world.prober.answer(Number(id.slice(1)));
      await world.clock.turn(2000);
    }
    looks.open();
    await world.clock.turn(60_000);
    assert.deepEqual([diagnosed.length, shown], [7, [`${diagnosed.at(-1) ?? ''} is down.`]]);
    notifier.dispose();
  });
});
