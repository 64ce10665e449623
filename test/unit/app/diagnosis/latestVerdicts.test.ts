/** The row shows the cause as soon as a service fails, and no cause of another state. */
import assert from 'node:assert/strict';
import { LatestVerdicts } from '../../../../src/app/diagnosis/latestVerdicts';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { rowText } from '../../../../src/core/views/rowText';
import { Gate } from '../../../support/fakes/gate';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const probe = probeSpec({ failureThreshold: 1, interval: 1000, startPeriod: 0 });
const finding = (id: string): Finding => ({
  ...{ code: 'missing-dependency', severity: 'error', short: `No module '${id}'`, title: `${id}: no module.` },
  ...{ detail: '', evidence: [], actions: [{ title: 'Install', command: 'serviceLifecycle.runInTerminal', arguments: ['pip'] }] },
});

function rig(...specs: readonly ServiceSpec[]) {
  const world = new FakeWorld(...specs);
  const diagnosed: string[] = [];
  const looks = new Gate();
  const verdicts = new LatestVerdicts({
    store: world.store,
    clock: world.clock,
    diagnose: async (id) => {
      diagnosed.push(id);
      await looks.pass();
      return [finding(id)];
    },
  });
  return { world, diagnosed, looks, verdicts, text: (id = 'web') => rowText(world.service(id)) };
}

const failing = (key = 'web', port = 8000): ServiceSpec => serviceSpec(key, { port, probe, restart: 'no' });

describe('app: the latest verdict', () => {
  it('is in the row, the snapshot and the API at once, after what the exit shows', async () => {
    const { world, diagnosed, text } = rig(failing());
    await world.up();
    assert.deepEqual([diagnosed, world.snapshot().verdict], [[], undefined]);
    await world.crash('web', 3);
    assert.equal(text(), 'Exit code 3');
    await world.clock.turn(1000);
    assert.equal(text(), "No module 'web'");
    const { cause, verdict } = world.snapshot();
    assert.deepEqual([cause, verdict?.code, verdict?.title], ["No module 'web'", 'missing-dependency', 'web: no module.']);
    assert.deepEqual(world.service('web').verdict?.fix, {
      title: 'Install',
      command: 'serviceLifecycle.runInTerminal',
      arguments: ['pip'],
    });
    await world.clock.turn(60_000);
    assert.deepEqual(diagnosed, ['web']);
  });

  it('goes with the failure, and is remembered with one that was dismissed', async () => {
    const { world, text } = rig(failing());
    await world.up();
    await world.crash('web', 3);
    await world.clock.turn(1000);
    world.supervisor.stop('web');
    assert.deepEqual([world.kind(), text(), world.service('web').verdict?.short], ['stopped', 'Stopped', "No module 'web'"]);
    await world.up();
    assert.equal(world.service('web').verdict, undefined);
  });

  it('is not that of a state before, when the diagnosis is slow', async () => {
    const { world, looks, text } = rig(failing());
    looks.close();
    await world.up();
    await world.crash('web', 3);
    await world.clock.turn(1000);
    await world.up();
    looks.open();
    await world.clock.turn(1000);
    assert.equal(world.service('web').verdict, undefined);
    assert.match(text(), /^:8000 · /);
  });

  it('is made for two services at a time, however many have failed', async () => {
    const keys = ['a', 'b', 'c', 'd'];
    const { world, diagnosed, looks } = rig(...keys.map((key, index) => failing(key, 8000 + index)));
    looks.close();
    for (const key of keys) await world.up(key);
    for (const key of keys) await world.crash(key, 1);
    await world.clock.turn(2000);
    assert.equal(diagnosed.length, 2);
    looks.open();
    await world.clock.turn(1000);
    assert.deepEqual(diagnosed.toSorted(), keys);
  });

  it('is made once for a service that goes on failing in the same way, and ends with its owner', async () => {
    const { world, diagnosed, verdicts } = rig(failing());
    await world.up();
    world.prober.refuse(8000);
    await world.clock.turn(60_000);
    assert.deepEqual(diagnosed, ['web']);
    verdicts.dispose();
    world.prober.answer(8000);
    await world.clock.turn(5000);
    world.prober.refuse(8000);
    await world.clock.turn(5000);
    assert.deepEqual(diagnosed, ['web']);
  });

  it('is not looked for while the user is asked', async () => {
    const { world, diagnosed, text } = rig(serviceSpec('web', { port: 8000, onPortConflict: 'ask' }));
    world.stranger(8000);
    world.supervisor.start('web');
    await world.clock.turn(5000);
    assert.deepEqual([diagnosed, text()], [[], 'Needs you: port 8000 in use']);
  });
});
