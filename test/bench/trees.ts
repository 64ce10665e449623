/** Stop of trees that resist: how long it takes, and who is left. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import treeKill from 'tree-kill';
import { Cleanup } from '../os/support/cleanup';
import { python, start } from '../os/support/services';
import { until } from '../os/support/until';
import { nastyTrees } from '../os/trees/nasty';
import type { NastyTree } from '../os/trees/nasty';
import { freePort } from './context';
import type { Context, Group } from './context';
import { endGroup, haltedGroup, inFolder } from './living';
import { Rig } from './rig';
import type { Row } from './row';
import { compared, figure } from './row';
import { now, pause, within } from './time';

/** Between being asked and being killed, for both; in ms. */
const grace = 1000;
/** What a killed process may take to vanish before it counts as an orphan; in ms. */
const mercy = 500;

export const trees: Group = {
  name: 'nasty trees',
  async measure(context) {
    const rows: Row[] = [];
    for (const [at, nasty] of nastyTrees.entries()) {
      const ours = await oursStops(nasty, join(context.scratch, `tree-${at}`), context);
      const peer = await treeKillLeaves(nasty);
      const left = figure([ours.left]);
      const note = `stopped ${Math.round(ours.took)} ms after the request; grace period ${grace} ms`;
      const peers = [compared('tree-kill TERM, then KILL', [peer])];
      rows.push({ what: `orphans of ${nasty.name}`, unit: 'orphans', ours: left, peers, goal: '0', met: ours.left === 0, note });
    }
    return rows;
  },
};

function filled(nasty: NastyTree, port: number): { command: string; files: Record<string, string> } {
  const fill = (text: string): string => text.replaceAll('$PORT', String(port));
  const files = Object.entries(nasty.files ?? {}).map(([name, text]) => [name, fill(text)] as const);
  return { command: fill(nasty.command), files: Object.fromEntries(files) };
}

async function oursStops(nasty: NastyTree, folder: string, { say }: Context): Promise<{ took: number; left: number }> {
  const port = await freePort();
  const { command, files } = filled(nasty, port);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const rig = new Rig(folder);
  try {
    const env = { PYTHON: python, NODE: process.execPath };
    // The tree whose leader leaves is probed by nobody: its end is no crash.
    rig.configure({ tree: { command, port, env, stopGracePeriod: grace / 1000, role: 'other' } });
    const healthy = rig.next('tree', 'to be healthy', ({ health }) => health === 'healthy').catch(() => undefined);
    rig.start('tree');
    await Promise.race([healthy, rig.next('tree', 'to fail', ({ lifecycle }) => lifecycle === 'failed').catch(() => undefined)]);
    await until(
      'its processes run',
      () => inFolder(folder).length >= nasty.atLeast || rig.snapshot('tree').lifecycle === 'failed',
    );
    await pause(300);
    const atRest = rig.next('tree', 'to stop', ({ lifecycle }) => lifecycle === 'stopped' || lifecycle === 'failed');
    const at = now();
    const ended = rig.snapshot('tree').lifecycle === 'failed';
    if (ended) say(`${nasty.name}: the leader left, what it left behind was ended unasked`);
    rig.stop('tree');
    const known = ended ? now() : (await atRest).at;
    atRest.catch(() => undefined);
    const leader = rig.terminals.runOf('tree')?.child.pid ?? 0;
    return { took: known - at, left: await orphans(leader, () => inFolder(folder)) };
  } finally {
    rig.dispose();
  }
}

/** As its users do it: ask the tree, and kill it when the time is over. */
async function treeKillLeaves(nasty: NastyTree): Promise<number> {
  const cleanup = new Cleanup();
  try {
    const { root, living } = await start(filled(nasty, await freePort()), cleanup);
    await until('its processes run', () => living().length >= nasty.atLeast, 20_000);
    await pause(500);
    const { pid } = root.process;
    await killed(pid, 'SIGTERM');
    await pause(grace);
    await killed(pid, 'SIGKILL');
    return await orphans(pid, living);
  } finally {
    await cleanup.run();
  }
}

const killed = (pid: number, signal: string): Promise<void> =>
  within('tree-kill', 10_000, new Promise<void>((resolve) => treeKill(pid, signal, () => resolve())));

/** Those who are left when what was killed has had time to vanish. The leader's group is ended for good. */
async function orphans(leader: number, living: () => readonly number[]): Promise<number> {
  const end = now() + mercy;
  while (living().length > 0 && now() < end) await pause(20);
  const left = new Set([...haltedGroup(leader), ...living()]);
  endGroup(leader);
  return left.size;
}
