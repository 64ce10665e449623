/** Restarts after changes of files, in a world in memory. */
import assert from 'node:assert/strict';
import { EventLog } from '../../../../src/app/agents/eventLog';
import type { ChangedFiles } from '../../../../src/app/watch/ports';
import { Watching } from '../../../../src/app/watch/watching';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { toSnapshot } from '../../../../src/core/snapshot/toSnapshot';
import { rowText } from '../../../../src/core/views/rowText';
import { serviceTooltip } from '../../../../src/core/views/tooltip';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const watch = { paths: ['src/**'], ignore: ['*.log'], debounce: 300 };
const web = serviceSpec('web', { watch });

class WatchedWorld extends FakeWorld {
  readonly roots = new Map<string, (path: string) => void>();
  readonly ignored = new Set<string>();
  isBusy = false;
  /** How long ago (ms) each file was written; absent: it is gone. */
  writtenAgo: number | undefined = 0;
  supervises = true;
  readonly watching: Watching;

  constructor(...specs: readonly ServiceSpec[]) {
    super(...specs);
    const files: ChangedFiles = {
      ignored: (_, paths) => Promise.resolve(new Set(paths.filter((path) => this.ignored.has(path)))),
      isBusy: () => Promise.resolve(this.isBusy),
      changedAt: () => Promise.resolve(this.writtenAgo === undefined ? undefined : this.clock.now() - this.writtenAgo),
    };
    this.watching = new Watching({
      store: this.store,
      supervisor: this.supervisor,
      clock: this.clock,
      events: {
        watch: (root, changed) => {
          this.roots.set(root, changed);
          return { dispose: () => this.roots.delete(root) };
        },
      },
      files,
      folderOf: (spec) => spec.folder,
      supervises: () => this.supervises,
      ownFolders: ['/shop/src/own'],
    });
  }

  change(...paths: readonly string[]): void {
    for (const path of paths) for (const changed of this.roots.values()) changed(`/shop/${path}`);
  }

  get launches(): readonly string[] {
    return this.terminals.launches.map(({ spec }) => spec.key);
  }
}

const running = async (...specs: readonly ServiceSpec[]): Promise<WatchedWorld> => {
  const world = new WatchedWorld(...(specs.length === 0 ? [web] : specs));
  for (const { id } of specs.length === 0 ? [web] : specs) world.supervisor.start(id);
  await world.clock.turn(5000);
  return world;
};

describe('app/watch', () => {
  it('restarts a service once after a burst of changes, when they have been over for the debounce', async () => {
    const world = await running();
    for (let n = 0; n < 50; n += 1) {
      world.change(`src/${n}.ts`);
      await world.clock.turn(20);
    }
    await world.clock.turn(250);
    assert.deepEqual(world.launches, ['web']);
    await world.clock.turn(5000);
    assert.deepEqual([world.launches, world.snapshot().health], [['web', 'web'], 'healthy']);
  });

  it('names the file in the row, the tooltip and the history, and counts no failure', async () => {
    const world = await running();
    const events = new EventLog({ store: world.store, clock: world.clock, numbers: world.logs });
    world.preflight.close();
    world.change('src/app.ts', 'src/other.ts');
    await world.clock.turn(1000);
    assert.equal(rowText(world.service('web')), 'app.ts and 1 more changed');
    assert.match(world.snapshot().reason ?? '', /^Restarting: src\/app\.ts and 1 more changed\. /);
    world.preflight.open();
    await world.clock.turn(5000);
    const service = world.service('web');
    assert.match(serviceTooltip(service, world.clock.now()), /\*\*Restarted\*\* \| src\/app&#46;ts and 1 more changed/);
    assert.deepEqual([toSnapshot(service).reason, toSnapshot(service).restarts], [undefined, 0]);
    const restarted = events.read().events.filter(({ what }) => what === 'restarted');
    assert.deepEqual(
      restarted.map(({ by, reason }) => [by, reason]),
      [[{ kind: 'auto' }, 'src/app.ts and 1 more changed']],
    );
    world.supervisor.restart('web');
    await world.clock.turn(5000);
    assert.doesNotMatch(serviceTooltip(world.service('web'), world.clock.now()), /Restarted/);
  });

  it('takes no notice of files that are not watched, that git ignores, and of its own', async () => {
    const world = await running();
    world.ignored.add('/shop/src/out.js');
    world.change('lib/a.ts', 'src/x.log', 'src/out.js', 'src/own/log', 'src/node_modules/a.js');
    await world.clock.turn(5000);
    assert.deepEqual(world.launches, ['web']);
    world.change('src/out.js', 'src/a.ts');
    await world.clock.turn(5000);
    assert.deepEqual(
      [world.launches, world.service('web').state.restarts.latest?.reason],
      [['web', 'web'], { kind: 'changed', file: 'src/a.ts', others: 0 }],
    );
  });

  it('waits while git changes files, though not for a lock that was left behind', async () => {
    const world = await running();
    world.isBusy = true;
    world.change('src/a.ts');
    await world.clock.turn(10_000);
    assert.equal(world.launches.length, 1);
    world.isBusy = false;
    await world.clock.turn(2000);
    assert.equal(world.launches.length, 2);
    world.isBusy = true;
    world.change('src/a.ts');
    await world.clock.turn(70_000);
    assert.equal(world.launches.length, 3);
  });

  it('observes nothing of a service that is stopped, or that another window supervises', async () => {
    const world = new WatchedWorld(web);
    assert.equal(world.roots.size, 0);
    world.supervisor.start('web');
    await world.clock.turn(5000);
    assert.deepEqual([...world.roots.keys()], ['/shop']);
    world.change('src/a.ts');
    world.supervisor.stop('web');
    await world.clock.turn(20_000);
    assert.deepEqual([world.roots.size, world.launches.length, world.kind()], [0, 1, 'stopped']);
    world.supervises = false;
    world.supervisor.start('web');
    await world.clock.turn(5000);
    assert.equal(world.roots.size, 0);
    world.supervises = true;
    world.watching.lookAgain();
    assert.equal(world.roots.size, 1);
    world.watching.dispose();
    assert.equal(world.roots.size, 0);
  });

  it('does not restart a run that began after the change', async () => {
    const world = await running();
    world.change('src/a.ts');
    world.supervisor.restart('web');
    await world.clock.turn(200);
    world.writtenAgo = 1500;
    await world.clock.turn(5000);
    assert.equal(world.launches.length, 2);
  });

  it('takes the time at which a change was reported for a file that is gone, or whose time is that of another clock', async () => {
    for (const ago of [undefined, 3_600_000, -3_600_000]) {
      const world = await running();
      world.writtenAgo = ago;
      world.change('src/a.ts');
      await world.clock.turn(5000);
      assert.equal(world.launches.length, 2, String(ago));
    }
  });

  it('starts a service again that had crashed', async () => {
    const world = await running();
    await world.crash('web', 1, 'Error: the database is gone');
    assert.equal(world.kind(), 'failed');
    world.change('src/a.ts');
    await world.clock.turn(5000);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('restarts of the services that depend on it only those that ask for it', async () => {
    const needs = (restart: boolean) =>
      [{ id: 'web', condition: 'healthy', ...(restart ? { restart: true as const } : {}) }] as const;
    const one = serviceSpec('one', { port: 8001, dependsOn: needs(true) });
    const two = serviceSpec('two', { port: 8002, dependsOn: needs(false) });
    const world = await running(web, one, two);
    world.change('src/a.ts');
    await world.clock.turn(10_000);
    assert.deepEqual(world.launches.slice(3), ['web', 'one']);
    assert.deepEqual(world.service('one').state.restarts.latest?.reason, { kind: 'dependency', id: 'web' });
    world.supervisor.restart('web');
    await world.clock.turn(10_000);
    assert.deepEqual(world.launches.slice(5), ['web']);
  });

  it('observes what services.json names now', async () => {
    const world = await running();
    world.configure(serviceSpec('web', { watch: { ...watch, paths: ['../lib/*.ts'] } }));
    assert.deepEqual([...world.roots.keys()], ['/lib']);
    world.configure(serviceSpec('web'));
    assert.equal(world.roots.size, 0);
  });

  it('keeps the author of a start that was not the user, whose consent an automatic start would need', async () => {
    const world = new WatchedWorld(web);
    world.isAgreed = false;
    world.supervisor.start('web', { kind: 'agent', who: 'claude' });
    await world.clock.turn(5000);
    world.change('src/a.ts');
    await world.clock.turn(5000);
    assert.deepEqual([world.launches.length, world.snapshot().health], [2, 'healthy']);
  });
});
