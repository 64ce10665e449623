/** What happens to one of many services costs no look at the others. */
import assert from 'node:assert/strict';
import { WrongPaths } from '../../../src/app/diagnosis/wrongPaths';
import { FailureNotifier } from '../../../src/app/notifications/notifier';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

describe('app: one of many services', () => {
  /** Counts how often the list of all services was requested. */
  async function scene(): Promise<{ world: FakeWorld; looks: () => number }> {
    const world = new FakeWorld(...Array.from({ length: 50 }, (_, at) => serviceSpec(`s${at}`, { port: 8000 + at })));
    for (let at = 0; at < 50; at++) world.supervisor.start(`s${at}`);
    await world.clock.turn(1000);
    let looks = 0;
    const all = world.store.services.bind(world.store);
    world.store.services = () => {
      looks += 1;
      return all();
    };
    return { world, looks: () => looks };
  }

  it('is probed and writes without a look at the others', async () => {
    const { world, looks } = await scene();
    const notifier = new FailureNotifier({
      store: world.store,
      clock: world.clock,
      show: () => Promise.resolve(),
      diagnose: () => Promise.resolve([]),
      isWanted: () => true,
      isPausedInDebugger: () => false,
      isAwaited: () => false,
    });
    const paths = new WrongPaths(world.store, () => assert.fail('No path seems wrong.'));
    const before = looks();
    for (let at = 0; at < 50; at++) world.terminals.tell.wrote(world.run(`s${at}`), 'GET / 200\r\n');
    await world.clock.turn(20_000);
    assert.ok((world.prober.asked.get(8049) ?? 0) > 3);
    assert.equal(looks(), before);
    notifier.dispose();
    paths.dispose();
  });

  it('is healthy and says so to nothing but what shows figures', async () => {
    const { world } = await scene();
    await world.clock.turn(20_000);
    const measured = new Set<string>();
    world.store.onDidChange((change) => assert.fail(`A change: ${change === 'all' ? change : [...change].join()}`));
    world.store.onDidMeasure((ids) => ids.forEach((id) => measured.add(id)));
    await world.clock.turn(20_000);
    assert.equal(measured.size, 50);
  });
});
