/** Stop of a server that behaves -> its port is known to be free. */
import { spawn } from 'node:child_process';
import treeKill from 'tree-kill';
import waitOn from 'wait-on';
import { freePort, serviceFile } from './context';
import type { Context, Group } from './context';
import { momentOf } from './ready';
import { Rig } from './rig';
import { atMost, compared, figure } from './row';
import { now } from './time';

interface Stop {
  /** From the request until it was known, in ms. */
  readonly known: number;
  /** From the request until the server had closed its port, in ms. */
  readonly free: number;
}

export const stop: Group = {
  name: 'stop -> port free',
  async measure(context) {
    const ours: Stop[] = [];
    const peer: Stop[] = [];
    const rig = new Rig(context.scratch);
    try {
      for (let count = context.full ? 30 : 10; count > 0; count -= 1) {
        ours.push(await oursStops(rig));
        peer.push(await treeKillStops(context));
      }
    } finally {
      await rig.stopAll();
      rig.dispose();
    }
    const who = 'tree-kill SIGINT + wait-on reverse, 20 ms';
    const lag = ({ known, free }: Stop): number => known - free;
    const whole = figure(ours.map(({ known }) => known));
    const after = figure(ours.map(lag));
    const lowest = compared(
      'port closed',
      [...ours, ...peer].map(({ free }) => free),
    );
    const goal = 'median <= 50, p90 shown';
    return [
      {
        what: 'stop -> "Stopped", whole',
        unit: 'ms',
        ours: whole,
        peers: [
          compared(
            who,
            peer.map(({ known }) => known),
          ),
        ],
        lowest,
      },
      {
        what: 'port really free -> "Stopped"',
        unit: 'ms',
        ours: after,
        peers: [compared(who, peer.map(lag))],
        goal,
        met: atMost(after.median, 50),
      },
    ];
  },
};

async function oursStops(rig: Rig): Promise<Stop> {
  const port = await freePort();
  rig.configure({ server: { command: ['node', serviceFile('server.cjs'), String(port)], port } });
  const healthy = rig.next('server', 'to be healthy', ({ health }) => health === 'healthy');
  rig.start('server');
  await healthy;
  const stopped = rig.next('server', 'to stop', ({ lifecycle }) => lifecycle === 'stopped');
  const at = now();
  rig.stop('server');
  const known = (await stopped).at;
  const closed = rig.terminals.runOf('server')?.lines.find((line) => line.startsWith('closed')) ?? '';
  return { known: known - at, free: momentOf(closed) - at };
}

async function treeKillStops({ scratch }: Context): Promise<Stop> {
  const port = await freePort();
  const child = spawn('node', [serviceFile('server.cjs'), String(port)], { cwd: scratch, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitOn({ resources: [`tcp:127.0.0.1:${port}`], interval: 20, window: 0 });
  const at = now();
  treeKill(child.pid ?? 0, 'SIGINT');
  await waitOn({ resources: [`tcp:127.0.0.1:${port}`], interval: 20, window: 0, reverse: true });
  const known = now() - at;
  await ended;
  return { known, free: momentOf(output.split('\n').find((line) => line.startsWith('closed')) ?? '') - at };
}
