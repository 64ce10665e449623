/** hang -> "Hung": a server that listens and never answers. Restarters watch for ends only. */
import { freePort, serviceFile } from './context';
import type { Context, Group } from './context';
import { concurrently, pm2 } from './restarters';
import type { Restarter } from './restarters';
import { Rig } from './rig';
import { atMost, compared, figure } from './row';
import type { Compared, Row } from './row';
import { now } from './time';

const probe = { http: '/', interval: '200ms', timeout: '300ms', failureThreshold: 3 };
/** failureThreshold x (interval + timeout), in ms. */
const bound = 3 * (200 + 300);

type Way = 'SIGSTOP' | 'busy loop';

export const hang: Group = {
  name: 'hang -> "Hung"',
  async measure(context) {
    const restarters = [await pm2(context.scratch), await concurrently(context.scratch)];
    try {
      // They are watched while ours is measured: both stand still for longer than it takes ours.
      const peers = Promise.all(restarters.map((restarter) => noticesStop(restarter)));
      const rows: Row[] = [];
      for (const way of ['SIGSTOP', 'busy loop'] as const) {
        const ours = figure(await oursOf(way, context));
        const goal = `<= failureThreshold x (interval + timeout) = ${bound} ms`;
        rows.push({ what: `${way} -> "Hung"`, unit: 'ms', ours, peers: await peers, goal, met: atMost(ours.longest, bound) });
      }
      return rows;
    } finally {
      for (const restarter of restarters) await restarter.end();
    }
  },
};

async function oursOf(way: Way, { scratch, full }: Context): Promise<readonly number[]> {
  const rig = new Rig(scratch);
  const seen: number[] = [];
  try {
    for (let count = full ? 10 : 3; count > 0; count -= 1) {
      const port = await freePort();
      const command = ['node', serviceFile('server.cjs'), String(port)];
      rig.configure({ server: { command, port, health: probe, stopGracePeriod: '0s' } });
      const healthy = rig.next('server', 'to be healthy', ({ health }) => health === 'healthy');
      rig.start('server');
      await healthy;
      const child = rig.terminals.runOf('server')?.child;
      const hung = rig.next('server', 'to be hung', ({ health }) => health === 'unhealthy');
      const at = now();
      if (way === 'SIGSTOP') child?.kill('SIGSTOP');
      else child?.stdin?.write('busy\n');
      seen.push((await hung).at - at);
      await rig.stopAll();
    }
  } finally {
    await rig.stopAll();
    rig.dispose();
  }
  return seen;
}

/** The time to a new process, if one comes at all. */
async function noticesStop({ who, service }: Restarter): Promise<Compared> {
  const patience = 2 * bound;
  const pid = service.pid();
  const restarted = service.next(patience);
  const at = now();
  process.kill(pid, 'SIGSTOP');
  const times = await restarted.then((moment) => [moment - at]).catch(() => []);
  process.kill(pid, 'SIGCONT');
  return compared(`${who} in ${patience / 1000} s`, times);
}
