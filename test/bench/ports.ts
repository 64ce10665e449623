/** port -> pids, while the system has 5,000 open sockets. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createPortTable } from '../../src/os/portTable/index';
import { run } from '../support/run';
import { serviceFile } from './context';
import type { Context, Group } from './context';
import { compared, figure } from './row';
import { now, within } from './time';

const connections = 2500;

export const ports: Group = {
  name: 'port -> pids',
  async measure(context) {
    const holder = spawn('node', [serviceFile('sockets.cjs'), String(connections)], {
      cwd: context.scratch,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => holder.once('exit', resolve));
    try {
      const line = await within(
        '5,000 sockets',
        60_000,
        new Promise<string>((resolve) => holder.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))),
      );
      return [await look(Number(line.split(' ')[1]), holder.pid, context)];
    } finally {
      holder.kill('SIGKILL');
      await ended;
    }
  },
};

async function look(port: number, pid: number | undefined, { full }: Context) {
  const table = createPortTable();
  const ours: number[] = [];
  const tools: number[] = [];
  const raw: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let stall = 0;
  for (let count = full ? 50 : 15; count > 0; count -= 1) {
    delay.reset();
    delay.enable();
    ours.push(
      await timed(async () => {
        const found = await table.listeners(port);
        const right = found.kind === 'known' && found.value.length === 1 && found.value[0]?.pids.join() === String(pid);
        if (!right) throw new Error(`The look-up gave ${JSON.stringify(found)} instead of pid ${pid ?? '?'}.`);
      }),
    );
    delay.disable();
    stall = Math.max(stall, delay.max / 1e6);
    raw.push(await timed(() => Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`)))));
    if (tools.length < 5) tools.push(await timed(() => run('ss', ['-Hltnp', `sport = :${port}`], { output: 'keep' })));
  }
  return {
    what: 'port -> pids with 5,000 sockets',
    unit: 'ms',
    ours: figure(ours),
    peers: [compared('ss', tools)],
    lowest: compared('reading /proc/net/tcp*', raw),
    note: `the event loop was held for ${stall.toFixed(0)} ms at most`,
  } as const;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const at = now();
  await work();
  return now() - at;
}
