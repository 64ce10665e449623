/** Windows of one folder: one supervises, all show the same, and nothing that one of them does is misread by another. */
import assert from 'node:assert/strict';
import { jobSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';

const web = serviceSpec('web', { restart: 'on-failure' });
const worker = jobSpec('worker', { role: 'backend', restart: 'on-failure' });

async function twoWindows(desktop = new FakeDesktop([web, worker])) {
  const first = desktop.open();
  await desktop.clock.turn(50);
  const second = desktop.open();
  await desktop.clock.turn(50);
  return { desktop, first, second };
}

describe('app: two windows of one folder', () => {
  it('shows in both what one of them starts, within 100 ms', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    assert.equal(first.kind(), 'running');
    assert.equal(second.shown(), first.shown());
    assert.match(second.shown(), /"health":"healthy"/);
  });

  it('starts, restarts and stops through the other window, with one process at a time', async () => {
    const { desktop, first, second } = await twoWindows();
    const { supervisor } = second.present;
    supervisor.start('web');
    await desktop.clock.turn(100);
    const [before] = desktop.machine.living('web');
    supervisor.restart('web');
    await desktop.clock.turn(200);
    const [after, ...others] = desktop.machine.living('web');
    assert.deepEqual([first.kind(), second.kind(), others.length], ['running', 'running', 0]);
    assert.notEqual(after?.identity.pid, before?.identity.pid);
    assert.deepEqual([first.terminals.size, second.terminals.size], [2, 0]);
    supervisor.stop('web');
    await desktop.clock.turn(100);
    assert.deepEqual([first.kind(), second.kind(), desktop.machine.living('web').length], ['stopped', 'stopped', 0]);
  });

  it('reports a request as delivered when its first effect is shown', async () => {
    const { desktop, second } = await twoWindows();
    second.present.supervisor.start('web');
    const delivered = second.present.supervisor.delivered();
    await desktop.clock.turn(5);
    await delivered;
    assert.equal(second.kind(), 'launching');
  });

  it('takes a restart in one window for no crash in the other, and keeps the note', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    first.present.supervisor.restart('web');
    await desktop.clock.turn(60_000);
    assert.deepEqual([desktop.crashes, desktop.unnoted(), desktop.copies()], [[], [], []]);
    assert.equal(second.kind(), 'running');
  });

  it('does not restart what was stopped in one window', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    first.present.supervisor.stop('web');
    await desktop.clock.turn(120_000);
    assert.deepEqual([first.kind(), second.kind(), desktop.machine.living('web').length], ['stopped', 'stopped', 0]);
  });

  it('restarts a crashed worker once', async () => {
    const { desktop, first } = await twoWindows();
    first.present.supervisor.start('worker');
    await desktop.clock.turn(100);
    const [process] = desktop.machine.living('worker');
    desktop.crash('worker');
    await desktop.clock.turn(5000);
    assert.equal(desktop.machine.living('worker').length, 1);
    assert.deepEqual(desktop.crashes, [String(process?.identity.pid)]);
  });

  it('takes over when the extension host of the leader is killed, and never shows a failure', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    const seen = new Set<string>();
    second.present.store.onDidChange(() => seen.add(second.kind()));
    first.kill();
    await desktop.clock.turn(1000);
    assert.ok(second.present.sharing.leads(web));
    assert.match(second.shown(), /"lifecycle":"running","health":"healthy"/);
    assert.deepEqual(
      [...seen].filter((kind) => kind !== 'running'),
      [],
    );
    first.boot();
    await desktop.clock.turn(1000);
    assert.ok(first.present.sharing.follows(web));
    assert.equal(first.shown(), second.shown());
  });

  it('takes over at once when the leader reloads, and the reloaded window follows', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    first.reload();
    await desktop.clock.turn(300);
    assert.ok(second.present.sharing.leads(web));
    assert.ok(first.present.sharing.follows(web));
    assert.deepEqual([first.kind(), second.kind(), desktop.unnoted()], ['running', 'running', []]);
  });

  it('goes on with a stop and a retry that the window before had begun', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    first.present.supervisor.start('worker');
    await desktop.clock.turn(100);
    for (const each of desktop.machine.living('web')) each.manner = 'stay';
    first.present.supervisor.stop('web');
    desktop.crash('worker');
    await desktop.clock.turn(400);
    assert.deepEqual([second.kind('web'), second.kind('worker')], ['stopping', 'backingOff']);
    first.kill();
    await desktop.clock.turn(15_000);
    assert.deepEqual([second.kind('web'), second.kind('worker')], ['stopped', 'running']);
  });

  it('finds the process of a launch whose window went before it could report it', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(10);
    assert.equal(second.kind(), 'launching');
    first.kill();
    await desktop.clock.turn(3000);
    assert.deepEqual([second.kind(), desktop.machine.living('web').length, desktop.unnoted()], ['running', 1, []]);
  });

  it('hears from the window that has the terminal how a process ended and that its terminal was closed', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    first.present.supervisor.start('worker');
    await desktop.clock.turn(100);
    first.reload();
    await desktop.clock.turn(15_000);
    assert.ok(second.present.sharing.leads(web));
    assert.doesNotMatch(second.shown(), /terminal/);
    const lifecycle = second.lifecycle();
    first.closeTerminal('run' in lifecycle ? (lifecycle.run ?? '') : '');
    desktop.crash('worker', 7);
    await desktop.clock.turn(500);
    assert.deepEqual([first.kind('web'), second.kind('web')], ['stopped', 'stopped']);
    assert.match(second.shown('worker'), /"exitCode":7/);
    await desktop.clock.turn(60_000);
    assert.equal(second.kind('web'), 'stopped');
  });

  it('gives the folder to a window that is open when its own was closed', async () => {
    const { desktop, first, second } = await twoWindows();
    first.isShown = false;
    second.present.supervisor.start('web');
    await desktop.clock.turn(8000);
    assert.ok(second.present.sharing.leads(web));
    assert.deepEqual([second.kind(), second.terminals.size, desktop.machine.living('web').length], ['running', 1, 1]);
    first.isShown = true;
  });

  it('notices within ten seconds that the leader was closed, also when nothing is asked for', async () => {
    const { desktop, first, second } = await twoWindows();
    first.isShown = false;
    await desktop.clock.turn(10_000);
    assert.ok(second.present.sharing.leads(web));
    assert.ok(!first.present.sharing.leads(web) && !first.present.sharing.follows(web));
  });

  it('lets an untrusted window follow, and neither lead nor send requests', async () => {
    const desktop = new FakeDesktop([web]);
    const first = desktop.open();
    await desktop.clock.turn(50);
    const untrusted = desktop.open({ trusted: false });
    await desktop.clock.turn(50);
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    assert.equal(untrusted.shown(), first.shown());
    untrusted.present.supervisor.stop('web');
    await desktop.clock.turn(100);
    assert.deepEqual([first.kind(), untrusted.present.refused], ['running', ['untrusted web']]);
    first.kill();
    await desktop.clock.turn(5000);
    assert.ok(!untrusted.present.sharing.leads(web));
  });

  it('works through two paths of the same folder', async () => {
    const desktop = new FakeDesktop([web]);
    const first = desktop.open({ folder: '/shop' });
    await desktop.clock.turn(50);
    const second = desktop.open({ folder: '/link/to/shop' });
    await desktop.clock.turn(50);
    second.present.supervisor.start('web');
    await desktop.clock.turn(100);
    assert.deepEqual([first.kind(), second.kind()], ['running', 'running']);
    first.kill();
    await desktop.clock.turn(1000);
    assert.deepEqual([second.kind(), desktop.machine.living('web').length, desktop.ledger.size], ['running', 1, 1]);
  });

  it('shows services and what they wait for under the names of each window, as of a folder and a workspace of two', async () => {
    const db = serviceSpec('db', { port: 8001 });
    const app = serviceSpec('app', { dependsOn: [{ id: 'db', condition: 'healthy' }] });
    const desktop = new FakeDesktop([db, app]);
    const first = desktop.open();
    await desktop.clock.turn(50);
    const second = desktop.open({ label: 'shop/' });
    await desktop.clock.turn(50);
    desktop.prober.refuse(8001);
    second.present.supervisor.start('shop/app');
    await desktop.clock.turn(200);
    assert.match(first.shown('app'), /Waiting for db \(/);
    assert.match(second.shown('shop/app'), /Waiting for shop\/db \(/);
    first.kill();
    await desktop.clock.turn(500);
    desktop.prober.answer(8001);
    await desktop.clock.turn(5000);
    assert.deepEqual([second.kind('shop/db'), second.kind('shop/app'), desktop.copies()], ['running', 'running', []]);
  });

  it('reports that the other window does not carry out a request, and leaves the service as it is', async () => {
    const { desktop, second } = await twoWindows();
    desktop.network.delay = 60_000;
    second.present.supervisor.start('web');
    await desktop.clock.turn(11_000);
    assert.deepEqual(second.present.refused, ['unreachable web']);
    assert.equal(second.kind(), 'stopped');
  });

  it('supervises without a lease where none can be written', async () => {
    const desktop = new FakeDesktop([web]);
    desktop.leases.obstacle = 'EROFS: read-only file system';
    const window = desktop.open();
    await desktop.clock.turn(2000);
    window.present.supervisor.start('web');
    await desktop.clock.turn(100);
    assert.deepEqual([window.kind(), window.present.isReady], ['running', true]);
  });

  it('shares its folder again when the lease was deleted', async () => {
    const { desktop, first, second } = await twoWindows();
    first.present.supervisor.start('web');
    await desktop.clock.turn(100);
    desktop.leases.deleteAll();
    await desktop.clock.turn(12_000);
    const leaders = [first, second].filter((window) => window.present.sharing.leads(web));
    assert.equal(leaders.length, 1);
    assert.deepEqual([first.kind(), second.kind(), desktop.copies(), desktop.unnoted()], ['running', 'running', [], []]);
  });
});
