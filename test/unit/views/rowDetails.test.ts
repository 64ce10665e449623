/** Rows below services: looked at only while they are expanded and can be seen. */
import assert from 'node:assert/strict';
import type { RowLook } from '../../../src/core/model/rowLook';
import { RowDetails } from '../../../src/views/rowDetails';
import type { TreeElement } from '../../../src/views/treeElement';
import { settle } from '../../support/fakes/clock';
import { serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const commands = { seed: 'python seed.py' };

class Scene {
  readonly world = new FakeWorld(serviceSpec('web', { commands }), serviceSpec('api', {}));
  readonly row: TreeElement = { key: 'service:web', id: 'web' };
  readonly drawn: string[] = [];
  isVisible = true;
  looks = 0;
  look: RowLook = { processes: [{ pid: 1, command: 'node' }], ports: [] };
  readonly details = new RowDetails({
    ...{ store: this.world.store, clock: this.world.clock },
    look: () => {
      this.looks += 1;
      return Promise.resolve(this.look);
    },
    draw: (rows) => this.drawn.push(...rows.map(({ key }) => key)),
    isVisible: () => this.isVisible,
  });

  async expand(): Promise<readonly string[]> {
    return (await this.details.children(this.row)).map(({ key }) => key);
  }
}

const port = 'service:web>port:8000';
const process = 'service:web>process:1';
const seed = 'service:web>command:seed';

describe('views/rowDetails', () => {
  it('looks at the system only once a row is expanded, and keeps the objects of its rows', async () => {
    const scene = new Scene();
    await scene.world.clock.turn(60_000);
    assert.deepEqual([scene.looks, scene.world.clock.pending], [0, 0]);
    assert.deepEqual(await scene.expand(), [port, process, seed]);
    const [first] = await scene.details.children(scene.row);
    assert.equal((await scene.details.children(scene.row))[0], first);
    assert.deepEqual([first?.above, first?.id, scene.looks], [scene.row, 'web', 1]);
  });

  it('reads processes again at an interval, and draws only the rows that changed', async () => {
    const scene = new Scene();
    await scene.expand();
    scene.look = { processes: [{ pid: 1, command: 'node', cpu: 50 }], ports: [] };
    await scene.world.clock.turn(10_000);
    assert.deepEqual([scene.looks, scene.drawn], [2, [process]]);
    await scene.world.clock.turn(10_000);
    assert.deepEqual([scene.looks, scene.drawn], [3, [process]]);
  });

  it('draws all below a row when a process came or went', async () => {
    const scene = new Scene();
    await scene.expand();
    scene.look = { processes: [{ pid: 2, command: 'node' }], ports: [] };
    await scene.world.clock.turn(10_000);
    assert.deepEqual(scene.drawn, ['service:web']);
    assert.deepEqual(await scene.expand(), [port, 'service:web>process:2', seed]);
  });

  it('looks at once when the service starts, and not for another service', async () => {
    const scene = new Scene();
    await scene.expand();
    scene.world.supervisor.start('api');
    await settle();
    const looks = [scene.looks];
    scene.world.supervisor.start('web');
    await settle();
    looks.push(scene.looks);
    assert.deepEqual([looks[0], (looks[1] ?? 0) > 1], [1, true]);
  });

  it('draws a command when it runs and when it has ended', async () => {
    const scene = new Scene();
    await scene.expand();
    scene.world.store.setCommandState('web', 'seed', { isRunning: true });
    assert.deepEqual([scene.drawn, scene.looks], [[seed], 1]);
    const row = (await scene.details.children(scene.row)).find(({ key }) => key === seed);
    assert.equal(row === undefined ? undefined : scene.details.detail(row)?.description, 'Running');
    scene.world.store.setCommandState('web', 'seed', { isRunning: false, last: { at: 1, end: { kind: 'succeeded' } } });
    assert.deepEqual(scene.drawn, [seed, seed]);
  });

  it('does nothing for a collapsed row, and nothing while the view is hidden', async () => {
    const scene = new Scene();
    await scene.expand();
    scene.isVisible = false;
    await scene.world.clock.turn(60_000);
    scene.world.store.setCommandState('web', 'seed', { isRunning: true });
    assert.ok(scene.looks <= 2);
    assert.deepEqual([scene.drawn, scene.world.clock.pending], [[], 0]);
    scene.isVisible = true;
    scene.details.shown();
    await settle();
    assert.deepEqual(scene.drawn, [seed]);
    scene.details.collapsed(scene.row);
    const looks = scene.looks;
    await scene.world.clock.turn(60_000);
    assert.deepEqual([scene.looks, scene.world.clock.pending], [looks, 0]);
  });

  it('looks again below a row that went and came back, as another object', async () => {
    const scene = new Scene();
    await scene.expand();
    const again = { ...scene.row };
    const [first] = await scene.details.children(again);
    assert.deepEqual([first?.above === again, scene.looks], [true, 2]);
  });

  it('has nothing below a service that is gone', async () => {
    const scene = new Scene();
    await scene.expand();
    scene.world.store.configure({ services: [], broken: [] });
    assert.deepEqual(await scene.expand(), []);
  });
});
