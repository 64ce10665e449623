/** exit -> noticed, SIGKILL -> noticed, and what never is: a process that only stands still. */
import { join } from 'node:path';
import type { Context, Group } from './context';
import { Noted, script } from './noted';
import { concurrently, pm2 } from './restarters';
import type { Restarter } from './restarters';
import { Rig } from './rig';
import { atMost, compared, figure } from './row';
import type { Row } from './row';
import { now, pause } from './time';

type Way = 'exit' | 'SIGKILL';

export const ends: Group = {
  name: 'exit, SIGKILL -> noticed',
  async measure(context) {
    const count = context.full ? 30 : 10;
    const ours = await oursOf(context, count);
    const restarters = [await pm2(context.scratch), await concurrently(context.scratch)];
    try {
      const peers: ({ readonly who: string } & Record<Way, number[]>)[] = [];
      for (const restarter of restarters) peers.push({ who: restarter.who, ...(await times(restarter, count)) });
      return (['exit', 'SIGKILL'] as const).map((way): Row => {
        const noticed = figure(ours[way].snapshot);
        return {
          what: `${way} -> snapshot, outside the editor`,
          unit: 'ms',
          ours: noticed,
          peers: peers.map((peer) => compared(`${peer.who} (new process)`, peer[way])),
          lowest: compared("Node's exit event", ours[way].child),
          goal: 'median <= 100',
          met: atMost(noticed.median, 100),
        };
      });
    } finally {
      for (const restarter of restarters) await restarter.end();
    }
  },
};

interface Ours {
  readonly snapshot: number[];
  readonly child: number[];
}

/** Node's own event and ours come from the same ends. */
async function oursOf({ scratch }: Context, count: number): Promise<Record<Way, Ours>> {
  const folder = join(scratch, 'ours');
  const service = new Noted(folder);
  const rig = new Rig(folder);
  const seen: Record<Way, Ours> = { exit: { snapshot: [], child: [] }, SIGKILL: { snapshot: [], child: [] } };
  rig.configure({ noted: { command: ['sh', script], role: 'backend' } });
  try {
    for (const way of ways(count)) {
      const started = service.next();
      rig.start('noted');
      await started;
      await settle();
      const failed = rig.next('noted', 'to be seen to end', ({ lifecycle }) => lifecycle === 'failed');
      const at = way === 'exit' ? await service.exit() : service.kill();
      seen[way].snapshot.push((await failed).at - at);
      seen[way].child.push((rig.terminals.runOf('noted')?.exitedAt ?? now()) - at);
    }
  } finally {
    service.dispose();
    await rig.stopAll();
    rig.dispose();
  }
  return seen;
}

async function times({ service }: Restarter, count: number): Promise<Record<Way, number[]>> {
  const seen: Record<Way, number[]> = { exit: [], SIGKILL: [] };
  for (const way of ways(count)) {
    await settle();
    const restarted = service.next();
    const at = way === 'exit' ? await service.exit() : service.kill();
    seen[way].push((await restarted) - at);
  }
  return seen;
}

/** Both in turn, so that both see the same machine. */
const ways = (count: number): readonly Way[] => Array.from({ length: 2 * count }, (_, at) => (at % 2 === 0 ? 'exit' : 'SIGKILL'));

/** Ends do not wait for a fixed place in the rhythm of who looks. */
const settle = (): Promise<void> => pause(80 + Math.random() * 60);
