/** How often all processes are looked at in the background, on a clock that the test turns. */
import assert from 'node:assert/strict';
import type { ProcessTree } from '../../../src/app/ports';
import { known } from '../../../src/core/model/process';
import type { ProcessRow } from '../../../src/core/model/process';
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
      return Promise.resolve(known(this.rows));
    },
    list: () => Promise.resolve(known(this.rows)),
    describe: (rows: readonly ProcessRow[]) => Promise.resolve(rows),
    markers: () => Promise.resolve(new Map()),
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
