/** What an earlier window left running is found again; nobody else is taken for it. */
import assert from 'node:assert/strict';
import { adoptNewcomer, adoptRunning, forgetDeleted } from '../../../src/app/adoption';
import type { LedgerEntry } from '../../../src/app/ports';
import { jobSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const spec = serviceSpec();

/** A process of the window before, with the ledger's note. */
function leftRunning(world: FakeWorld, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const { identity } = world.machine.spawn('web', 'old');
  const entry = {
    folder: '/shop',
    key: 'web',
    run: 'old',
    process: identity,
    command: 'run web',
    cwd: '/shop',
    startedAt: 5,
    ...changes,
  };
  world.ledger.set('/shop/web', entry);
  return entry;
}

const place = { folder: '/shop', folderName: 'shop', multiRoot: false };

const adoption = (world: FakeWorld) => ({ ...world.world, store: world.store, supervisor: world.supervisor });

describe('app: adoption', () => {
  it('finds the same process again, with its start and its health', async () => {
    const world = new FakeWorld(spec);
    const { process } = leftRunning(world, { readyAt: 6 });
    await adoptRunning([place], adoption(world));
    await world.clock.turn(0);
    const { pid, startedAt, health, lifecycle } = world.snapshot();
    assert.deepEqual([pid, startedAt, health, lifecycle], [process.pid, 5, 'healthy', 'running']);
    assert.deepEqual([world.terminals.attached, world.terminals.order], [['old'], []]);
    assert.equal(world.ledger.get('/shop/web')?.readyAt, 6);
  });

  it('does not take a process that has got the pid for ours', async () => {
    const world = new FakeWorld(spec);
    const { identity } = world.machine.spawn('stranger', 'none');
    leftRunning(world, { process: { pid: identity.pid, born: 'earlier' } });
    await adoptRunning([place], adoption(world));
    assert.deepEqual([world.kind(), world.ledger.get('/shop/web')?.endedAt], ['stopped', world.clock.now()]);
    assert.ok(world.machine.isAlive(identity));
  });

  it('looks at all that was left at once, and adopts each', async () => {
    const specs = [1, 2, 3].map((number) => serviceSpec(`s${number}`, { key: `s${number}`, port: 8000 + number }));
    const world = new FakeWorld(...specs);
    for (const { key } of specs) {
      const { identity } = world.machine.spawn(key, `old ${key}`);
      const entry = { folder: '/shop', key, run: `old ${key}`, process: identity, command: 'run', cwd: '/shop', startedAt: 5 };
      world.ledger.set(`/shop/${key}`, entry);
    }
    const asked: number[] = [];
    const answers: (() => void)[] = [];
    const identify = world.machine.identify.bind(world.machine);
    world.machine.identify = (pid) => {
      asked.push(pid);
      return new Promise((resolve) => answers.push(() => resolve(identify(pid))));
    };
    const adopting = adoptRunning([place], adoption(world));
    await world.clock.turn(0);
    assert.equal(asked.length, 3);
    answers.forEach((answer) => answer());
    await adopting;
    assert.deepEqual(
      specs.map(({ id }) => world.kind(id)),
      ['starting', 'starting', 'starting'],
    );
  });

  it('stops and watches what it adopted like its own', async () => {
    const world = new FakeWorld(spec);
    const { process } = leftRunning(world);
    await adoptRunning([place], adoption(world));
    await world.clock.turn(100);
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual([world.kind(), world.machine.isAlive(process), world.ledger.size], ['stopped', false, 0]);
  });

  it('never starts a second copy beside it', async () => {
    const world = new FakeWorld(spec);
    leftRunning(world);
    await adoptRunning([place], adoption(world));
    await world.up();
    assert.deepEqual([world.machine.living('web').length, world.terminals.order], [1, []]);
  });

  it('shows a lost terminal, and that it was found again', async () => {
    const world = new FakeWorld(spec);
    leftRunning(world);
    await adoptRunning([place], adoption(world));
    await world.clock.turn(100);
    world.terminals.tell.lost('old');
    assert.match(world.snapshot().reason ?? '', /Running without a terminal/);
    world.terminals.tell.found('old');
    assert.equal(world.snapshot().reason, undefined);
  });

  it('takes a newcomer in the place of a crashed run, and leaves nothing of that run behind', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    world.machine.end(world.pid());
    await world.clock.turn(0);
    const { identity } = world.machine.spawn('web', 'rerun');
    const outcome = await adoptNewcomer({ spec, pid: identity.pid, run: 'rerun' }, adoption(world));
    await world.clock.turn(100);
    assert.deepEqual([outcome, world.snapshot().pid, world.trees.opened], ['adopted', identity.pid, 1]);
    world.supervisor.dispose();
    assert.equal(world.clock.pending, 0);
  });

  it('says of a newcomer beside a running service that it is a copy', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    const first = world.pid();
    const { identity } = world.machine.spawn('web', 'rerun');
    const outcome = adoptNewcomer({ spec, pid: identity.pid, run: 'rerun' }, adoption(world));
    await world.clock.turn(6000);
    assert.deepEqual([await outcome, world.snapshot().pid], ['copy', first]);
    assert.equal(await adoptNewcomer({ spec, pid: 9999, run: 'none' }, adoption(world)), 'gone');
  });

  it('keeps an entry while its process cannot be looked at, and adopts it later', async () => {
    const world = new FakeWorld(spec);
    const { process } = leftRunning(world);
    world.machine.unavailable = 'PowerShell was late';
    await adoptRunning([place], adoption(world));
    assert.deepEqual([world.kind(), world.ledger.get('/shop/web')?.run], ['stopped', 'old']);
    world.machine.unavailable = undefined;
    await adoptRunning([place], adoption(world));
    assert.equal(world.snapshot().pid, process.pid);
  });

  it('becomes running at once without a probe', async () => {
    const job = jobSpec('web');
    const world = new FakeWorld(job);
    leftRunning(world);
    await adoptRunning([place], adoption(world));
    await world.clock.turn(60_000);
    assert.equal(world.kind(), 'running');
  });

  it('leaves a start alone that was requested while the process was looked at', async () => {
    const world = new FakeWorld(spec);
    leftRunning(world);
    const adopted = adoptRunning([place], adoption(world));
    world.supervisor.start('web');
    await adopted;
    await world.clock.turn(100);
    assert.deepEqual([world.run(), world.terminals.attached], ['run1', []]);
  });

  it('notes the window that supervises it now', async () => {
    const world = new FakeWorld(spec);
    leftRunning(world, { host: { pid: 2, born: 'gone' }, readyAt: 6 });
    await adoptRunning([place], adoption(world));
    assert.deepEqual([world.ledger.get('/shop/web')?.host, world.ledger.get('/shop/web')?.readyAt], [world.host, 6]);
  });

  it('leaves the entry of another run alone when its own run ends', async () => {
    const world = new FakeWorld(spec);
    const entry = leftRunning(world);
    await adoptRunning([place], adoption(world));
    // Another window restarted the service.
    world.ledger.set('/shop/web', { ...entry, run: 'newer' });
    await world.crash();
    await world.clock.turn(5000);
    await world.up();
    world.ledger.set('/shop/web', { ...entry, run: 'newest' });
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.equal(world.ledger.get('/shop/web')?.run, 'newest');
  });

  it('does not note readiness in the entry of another run', async () => {
    const world = new FakeWorld(spec);
    world.prober.refuse(8000);
    await world.up();
    const entry = leftRunning(world, { run: 'newer' });
    world.prober.answer(8000);
    await world.clock.turn(2000);
    assert.deepEqual([world.snapshot().health, world.ledger.get('/shop/web')], ['healthy', entry]);
  });

  it('forgets the entries of deleted projects, unless their process lives or nobody can tell', async () => {
    const world = new FakeWorld(spec);
    const living = leftRunning(world);
    const dead = { ...living, folder: '/gone', process: { pid: 9999, born: 'x' } };
    for (const entry of [dead, { ...dead, folder: '/unknown' }, { ...living, folder: '/gone', key: 'api' }])
      world.ledger.set(`${entry.folder}/${entry.key}`, entry);
    await forgetDeleted(world.world, (folder) => Promise.resolve(folder === '/gone'));
    assert.deepEqual([...world.ledger.keys()].sort(), ['/gone/api', '/shop/web', '/unknown/web']);
  });
});
