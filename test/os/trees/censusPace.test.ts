/** How often all processes are looked at in the background, on a clock that the test turns. */
import assert from 'node:assert/strict';
import type { ProcessTree } from '../../../src/app/ports';
import { known } from '../../../src/core/model/process';
import type { ProcessRow } from '../../../src/core/model/process';
import type { Snapshot } from '../../../src/os/trees/snapshot';
import type { SystemProcessTable } from '../../../src/os/processTable/index';
import { type Census, createCensus } from '../../../src/os/trees/census';
import { openTree } from '../../../src/os/trees/tree';
import { FakeClock } from '../../support/fakes/clock';
import { portTable } from './support';

const row = (pid: number, ppid: number): ProcessRow => ({
  ...{ pid, ppid, born: `b${pid}`, pgid: 10, sid: 10 },
  ...{ state: 'running', command: 'x', startedAt: 0 },
});

class Scene {
  readonly clock = new FakeClock();
  rows: readonly ProcessRow[] = [row(10, 1)];
  markers: ReadonlyMap<number, string> = new Map();
  scans = 0;
  readonly #table: SystemProcessTable;
  readonly census: Census;
  readonly tree: ProcessTree;

  constructor(backgroundScan: number | 'onSigns' = 3000) {
    this.#table = this.#tableWith(backgroundScan);
    this.census = createCensus(this.#table, this.clock);
    const parts = { processTable: this.#table, portTable, clock: this.clock };
    this.tree = openTree({ process: { pid: 10, born: 'b10' }, marker: 'run' }, this.census, parts);
  }

  readonly #tableWith = (backgroundScan: number | 'onSigns'): SystemProcessTable => ({
    scan: () => {
      this.scans += 1;
      return Promise.resolve(known(this.rows.map((each) => ({ ...each }))));
    },
    list: () => Promise.resolve(known(this.rows)),
    describe: (rows: readonly ProcessRow[]) => Promise.resolve(rows),
    markers: () => Promise.resolve(new Map(this.markers)),
    identify: () => Promise.resolve(known(undefined)),
    isAlive: () => true,
    cwd: () => Promise.resolve(known('/')),
    foregroundGroup: () => Promise.resolve(undefined),
    usage: () => Promise.resolve(known([])),
    backgroundScan,
  });

  async scansIn(ms: number): Promise<number> {
    const before = this.scans;
    await this.clock.turn(ms);
    return this.scans - before;
  }
}

describe('pace of the census', () => {
  it('is 3 s at first, and 15 s when three looks have shown nothing new', async () => {
    const scene = new Scene();
    assert.equal(await scene.scansIn(300), 1);
    assert.equal(await scene.scansIn(6000), 2);
    await scene.clock.turn(15_000);
    assert.equal(await scene.scansIn(60_000), 4);
  });

  it('is 3 s again when there is something new, or when that is expected', async () => {
    const scene = new Scene();
    await scene.clock.turn(60_000);
    scene.rows = [row(10, 1), row(11, 10)];
    const before = scene.scans;
    for (let at = 0; at < 100 && scene.scans === before; at++) await scene.clock.turn(250);
    assert.equal(await scene.scansIn(9000), 3);
    await scene.clock.turn(60_000);
    scene.tree.expectChange();
    assert.equal(await scene.scansIn(250), 1);
    assert.equal(await scene.scansIn(6000), 2);
  });

  it('does not matter to a look that is requested, and ends with the last tree', async () => {
    const scene = new Scene();
    await scene.clock.turn(60_000);
    scene.rows = [row(10, 1), row(11, 10)];
    const members = await scene.tree.members();
    assert.equal(members.kind === 'known' && members.value.length, 2);
    scene.tree.dispose();
    assert.equal(await scene.scansIn(60_000), 0);
    assert.equal(scene.clock.pending, 0);
  });

  it('is two looks after a start and after a sign of a change where each look costs processes', async () => {
    const scene = new Scene('onSigns');
    assert.equal(await scene.scansIn(3300), 2);
    assert.equal(await scene.scansIn(600_000), 0);
    scene.tree.expectChange();
    assert.equal(await scene.scansIn(3300), 2);
    assert.equal(await scene.scansIn(600_000), 0);
  });
});

describe('snapshots of the census', () => {
  /** One for each look at what `change` leaves. */
  async function snapshots(scene: Scene, changes: readonly (() => void)[]): Promise<readonly Snapshot[]> {
    const taken: Snapshot[] = [];
    for (const change of changes) {
      change();
      const reading = await scene.census.take();
      if (reading.kind === 'known') taken.push(reading.value);
    }
    return taken;
  }

  it('are one and the same while the same processes run', async () => {
    const scene = new Scene();
    scene.rows = [row(10, 1), row(11, 10)];
    const nothing = (): void => undefined;
    const [first, second, third] = await snapshots(scene, [nothing, nothing, nothing]);
    assert.ok(first !== undefined && first === second && second === third);
    scene.tree.dispose();
  });

  it('are others after any change', async () => {
    const scene = new Scene();
    const two = [row(10, 1), row(11, 10)] as const;
    const one = { ...two[1], state: 'stopped' } as const;
    const rows =
      (...now: readonly ProcessRow[]) =>
      (): void =>
        void (scene.rows = now);
    const taken = await snapshots(scene, [
      rows(...two),
      rows(two[0]),
      rows(two[0], row(12, 10)),
      rows(two[0], { ...two[1], born: 'later' }),
      rows(two[0], { ...two[1], ppid: 1 }),
      rows(two[0], { ...two[1], pgid: 11 }),
      rows(two[0], { ...two[1], sid: 11 }),
      rows(two[0], { ...two[1], command: 'y' }),
      rows(two[0], { ...two[1], command: 'firefox' }),
      rows(two[0], one),
      () => (scene.markers = new Map([[11, 'run']])),
      () => (scene.markers = new Map([[11, 'other']])),
      () => (scene.markers = new Map([[10, 'other']])),
    ]);
    assert.equal(new Set(taken).size, 13);
    assert.deepEqual(
      taken
        .at(-1)
        ?.byMarker.get('other')
        ?.map(({ pid }) => pid),
      [10],
    );
    scene.tree.dispose();
  });

  it('show a tree what a later look found, however often they were the same before', async () => {
    const scene = new Scene();
    const sizes: number[] = [];
    const pids = [[10], [10], [10], [10, 11], [10, 11], [10, 11], [11], [11], [10, 11]];
    for (const now of pids) {
      scene.rows = now.map((pid) => row(pid, pid === 11 ? 10 : 1));
      const members = await scene.tree.members();
      sizes.push(members.kind === 'known' ? members.value.length : -1);
    }
    assert.deepEqual(
      sizes,
      pids.map(({ length }) => length),
    );
    scene.tree.dispose();
  });
});
