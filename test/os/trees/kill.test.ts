import assert from 'node:assert/strict';
import type { ProcessTree, TreeRoot } from '../../../src/app/ports';
import { known } from '../../../src/core/model/process';
import type { ProcessRow } from '../../../src/core/model/process';
import { systemClock } from '../../../src/os/clock';
import { killTree } from '../../../src/os/trees/kill';
import type { Members } from '../../../src/os/trees/parts';
import { isAlive } from '../../support/processes';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { type Recipe, setsid, start, type Started } from '../support/services';
import { until } from '../support/until';
import { nastyTrees } from './nasty';
import { portTable, processTable, trees } from './support';

describe('killing a tree', function () {
  this.timeout(30_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function run(recipe: Recipe): Promise<Started & { tree: ProcessTree }> {
    const started = await start(recipe, cleanup);
    const tree = trees.open(started.root);
    cleanup.add(() => tree.dispose());
    return { ...started, tree };
  }

  async function listens(port: number): Promise<boolean> {
    const found = await portTable.listeners(port);
    return found.kind === 'known' && found.value.length > 0;
  }

  for (const nasty of nastyTrees) {
    it(`leaves no orphan of ${nasty.name}`, async () => {
      const port = await freePort();
      const filled = (text: string): string => text.replaceAll('$PORT', String(port));
      const files = Object.fromEntries(Object.entries(nasty.files ?? {}).map(([name, text]) => [name, filled(text)]));
      const { tree, living } = await run({ command: filled(nasty.command), files, port });
      await until('it listens', () => listens(port), 20_000);
      await until('its processes run', () => living().length >= nasty.atLeast, 20_000);
      const outcome = await tree.kill();
      assert.deepEqual(living(), []);
      assert.deepEqual(outcome.left, []);
      assert.ok(outcome.killed.length > 0);
      assert.deepEqual(await tree.gone(AbortSignal.timeout(5000)), { portFree: true, holders: [] });
    });
  }

  it('ends a process stopped by SIGSTOP', async () => {
    const { tree, root, living } = await run({ command: 'sleep 1000; true' });
    await until('it runs', () => living().length === 2);
    for (const pid of living()) process.kill(pid, 'SIGSTOP');
    await tree.kill();
    assert.deepEqual(living(), []);
    assert.equal(processTable.isAlive(root.process), false);
  });

  it('needs no program on the PATH', async () => {
    const { tree, living } = await run({ command: 'sleep 1000 & sleep 1001' });
    await until('it runs', () => living().length === 3);
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      assert.deepEqual((await tree.kill()).left, []);
    } finally {
      process.env['PATH'] = path;
    }
    assert.deepEqual(living(), []);
  });

  it('finds a daemon that cleaned its environment, because it was remembered', async () => {
    const clean = `env -i ${setsid} sh -c "echo \\$\\$ > pid; exec sleep 1000" & sleep 0.6`;
    const { tree, folder, root } = await run({ command: clean });
    const { readFileSync, existsSync } = await import('node:fs');
    await until('the daemon runs', () => existsSync(`${folder}/pid`) && readFileSync(`${folder}/pid`, 'utf8') !== '');
    const pid = Number(readFileSync(`${folder}/pid`, 'utf8'));
    cleanup.add(() => {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    });
    await until('the leader has gone', () => !processTable.isAlive(root.process));
    assert.ok(isAlive(pid));
    assert.deepEqual((await tree.kill()).killed, [pid]);
    assert.ok(!isAlive(pid));
  });

  it('does not touch a stranger that runs the same command', async () => {
    const recipe = { command: 'sleep 1003; true' };
    const ours = await run(recipe);
    const stranger = await start(recipe, cleanup);
    await until('both run', () => ours.living().length === 2 && stranger.living().length === 2);
    const before = stranger.living();
    await ours.tree.kill();
    assert.deepEqual(ours.living(), []);
    assert.deepEqual(stranger.living(), before);
  });

  it('does not touch the parent and siblings in the group of a leader that is none', async () => {
    const { living, root } = await start({ command: 'sleep 1004 & sleep 1005 & wait' }, cleanup);
    await until('all run', () => living().length === 3);
    const [victim, sibling] = living().filter((pid) => pid !== root.process.pid);
    assert.ok(victim !== undefined && sibling !== undefined);
    const identity = await processTable.identify(victim);
    assert.ok(identity.kind === 'known' && identity.value !== undefined);
    const tree = trees.open({ process: identity.value, marker: 'none' });
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGINT');
    assert.deepEqual((await tree.kill()).left, []);
    assert.ok(!isAlive(victim));
    assert.ok(isAlive(sibling) && isAlive(root.process.pid));
  });

  it('never takes a reused pid for ours', async () => {
    const { root, living } = await start({ command: 'sleep 1006; true' }, cleanup);
    await until('it runs', () => living().length === 2);
    const tree = trees.open({ process: { pid: root.process.pid, born: 'another' }, marker: 'none' });
    cleanup.add(() => tree.dispose());
    await tree.interrupt('SIGTERM');
    assert.deepEqual(await tree.kill(), { killed: [], left: [] });
    assert.equal(living().length, 2);
  });

  it('never signals us, though we carry the marker or descend from the root', async () => {
    const us = await processTable.identify(process.pid);
    const parent = await processTable.identify(process.ppid);
    assert.ok(us.kind === 'known' && us.value !== undefined && parent.kind === 'known' && parent.value !== undefined);
    for (const identity of [us.value, parent.value]) {
      const tree = trees.open({ process: identity, marker: 'none' });
      const members = await tree.members();
      tree.dispose();
      assert.ok(members.kind === 'known');
      assert.ok(members.value.every(({ pid }) => pid !== process.pid && pid !== process.ppid));
    }
  });

  it('looks once more before it kills: a child may have started between the look and the signal', async () => {
    const { root, living } = await start({ command: 'sleep 1000; true' }, cleanup);
    await until('both run', () => living().length === 2);
    const rows = await rowsOf(living());
    const seen: string[] = [];
    const members = membersOf(root, (look) => {
      seen.push(processTable.isAlive(root.process) ? 'alive' : 'gone');
      return look === 1 ? rows.filter(({ pid }) => pid === root.process.pid) : rows.filter((row) => processTable.isAlive(row));
    });
    const { killed, left } = await killTree(members, { processTable, portTable, clock: systemClock });
    assert.deepEqual([[...killed].sort(), left], [rows.map(({ pid }) => pid).sort(), []]);
    assert.deepEqual(seen.slice(0, 3), ['alive', 'alive', 'alive']);
  });

  it('looks once more when nobody was seen but a group was signalled', async () => {
    const { root, living } = await start({ command: 'exec sleep 1000' }, cleanup);
    const rows = await rowsOf([root.process.pid]);
    const members = membersOf(root, (look) => (look === 1 ? [] : rows.filter((row) => processTable.isAlive(row))));
    const { killed } = await killTree(members, { processTable, portTable, clock: systemClock });
    assert.deepEqual([killed, living()], [[root.process.pid], []]);
  });
});

async function rowsOf(pids: readonly number[]): Promise<readonly ProcessRow[]> {
  const rows = await processTable.list();
  assert.ok(rows.kind === 'known');
  return rows.value.filter(({ pid }) => pids.includes(pid));
}

/** A tree of which each look, counted from 1, shows what is said. */
function membersOf(root: TreeRoot, show: (look: number) => readonly ProcessRow[]): Members {
  let looks = 0;
  return {
    root,
    look: () => Promise.resolve(known({ members: show(++looks), groups: new Set([root.process.pid]) })),
    anyAlive: () => processTable.isAlive(root.process),
    remembered: () => [root.process],
  };
}
