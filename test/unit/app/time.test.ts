/** A machine that sleeps and a clock that is set: no service is judged for it, and nothing loops. */
import assert from 'node:assert/strict';
import { adoptNewcomer } from '../../../src/app/adoption';
import { settle } from '../../support/fakes/clock';
import { probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const hourMs = 3_600_000;
const reload = "WARNING:  WatchFiles detected changes in 'main.py'. Reloading...\r\n";

/** What happens to both clocks while the machine sleeps, and when its clock is set. */
const jumps: readonly (readonly [what: string, jump: (world: FakeWorld) => void])[] = [
  ['a sleep that the monotonic clock does not count', (world) => world.clock.set(hourMs)],
  ['a sleep that the monotonic clock counts', (world) => world.clock.sleep(hourMs)],
  ['a clock that is set back', (world) => world.clock.set(-hourMs)],
];

for (const [what, jump] of jumps) {
  describe(`app: ${what}`, () => {
    it('gives a start its start period again', async () => {
      const world = new FakeWorld(serviceSpec());
      world.prober.refuse(8000);
      await world.up();
      await world.clock.turn(2000);
      jump(world);
      await world.clock.turn(50_000);
      assert.deepEqual([world.kind(), world.snapshot().health], ['starting', 'unknown']);
      await world.clock.turn(20_000);
      assert.equal(world.snapshot().health, 'unhealthy');
    });

    it('gives a reload its time again', async () => {
      const world = new FakeWorld(serviceSpec());
      await world.up();
      world.prober.refuse(8000);
      world.terminals.tell.wrote(world.run(), reload);
      await world.clock.turn(1000);
      jump(world);
      await world.clock.turn(20_000);
      assert.equal(world.snapshot().health, 'reloading');
      await world.clock.turn(20_000);
      assert.equal(world.snapshot().health, 'unhealthy');
    });

    it('counts no failure from before it', async () => {
      const world = new FakeWorld(serviceSpec('web', { probe: probeSpec({ failureThreshold: 3 }) }));
      await world.up();
      world.prober.refuse(8000);
      await world.clock.turn(10_000);
      assert.equal(world.snapshot().health, 'healthy');
      jump(world);
      await world.clock.turn(2000);
      assert.equal(world.snapshot().health, 'healthy');
    });

    it('takes no answer of a probe that was in flight for a failure', async () => {
      const world = new FakeWorld(serviceSpec('web', { probe: probeSpec({ failureThreshold: 1 }) }));
      await world.up();
      world.prober.gate.close();
      await world.clock.turn(6000);
      const answer = world.prober.gate.replace();
      jump(world);
      world.prober.answerLate({ kind: 'reset' });
      answer();
      await world.clock.turn(100);
      assert.equal(world.snapshot().health, 'healthy');
    });

    it('gives a stop its grace period again', async () => {
      const world = new FakeWorld(serviceSpec());
      await world.up();
      for (const each of world.machine.living()) each.manner = 'stay';
      world.supervisor.stop('web');
      await world.clock.turn(1000);
      jump(world);
      await world.clock.turn(9500);
      assert.equal(world.machine.signals.filter((signal) => signal.startsWith('SIGKILL')).length, 0);
      await world.clock.turn(10_000);
      assert.equal(world.kind(), 'stopped');
    });

    it('does not ask a starting service in a loop', async () => {
      const world = new FakeWorld(serviceSpec());
      world.prober.refuse(8000);
      await world.up();
      await world.clock.turn(20_000);
      jump(world);
      const before = world.prober.asked.get(8000) ?? 0;
      await world.clock.turn(10_000);
      assert.ok((world.prober.asked.get(8000) ?? 0) - before < 400, 'a loop would ask a thousand times');
    });

    it('ends the wait of a newcomer in its time', async () => {
      const world = new FakeWorld(serviceSpec());
      await world.up();
      const { identity } = world.machine.spawn('web', 'rerun');
      const adoption = { ...world.world, store: world.store, supervisor: world.supervisor };
      const outcome = adoptNewcomer({ spec: serviceSpec(), pid: identity.pid, run: 'rerun' }, adoption);
      await settle();
      jump(world);
      await world.clock.turn(6000);
      assert.equal(await Promise.race([outcome, settle()]), 'copy');
    });
  });
}
