/** listen -> noticed: how long after a server listens somebody knows. */
import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { connect } from 'node:net';
import waitOn from 'wait-on';
import { freePort, serviceFile } from './context';
import type { Context, Group } from './context';
import { Rig } from './rig';
import { atMost, compared, figure } from './row';
import { now, pause, within } from './time';

/** Gives back how long after the server listened it was noticed, in ms. */
type Waiter = (port: number, delay: number, context: Context) => Promise<number>;

export const ready: Group = {
  name: 'listen -> noticed',
  async measure(context) {
    const rig = new Rig(context.scratch);
    const waiters: Readonly<Record<string, Waiter>> = {
      ours: (port, delay) => oursNotices(rig, port, delay),
      'ours-tcp': (port, delay) => oursNotices(rig, port, delay, {}),
      'wait-on': (port, delay, { scratch }) => noticed(scratch, port, delay, () => waitOn({ resources: [http(port)] })),
      'wait-on 20 ms': (port, delay, { scratch }) =>
        noticed(scratch, port, delay, () => waitOn({ resources: [http(port)], interval: 20, window: 0 })),
      'TCP poll 20 ms': (port, delay, { scratch }) => noticed(scratch, port, delay, () => polled(() => accepts(port))),
      'HTTP poll 20 ms': (port, delay, { scratch }) => noticed(scratch, port, delay, () => polled(() => answers(port))),
    };
    const seen = new Map(Object.keys(waiters).map((who) => [who, [] as number[]]));
    const delays = Array.from({ length: context.full ? 30 : 8 }, (_, at) => 250 + ((at * 137) % 600));
    try {
      // The first answer loads what asks; that is a matter of the event loop's stalls, not of this row.
      await oursNotices(rig, await freePort(), 100);
      for (const delay of delays) {
        for (const [who, wait] of Object.entries(waiters)) seen.get(who)?.push(await wait(await freePort(), delay, context));
      }
    } finally {
      await rig.stopAll();
      rig.dispose();
    }
    const of = (who: string): readonly number[] => seen.get(who) ?? [];
    const peers = ['wait-on', 'wait-on 20 ms'].map((who) => compared(who, of(who)));
    const row = (what: string, who: string, floor: string) => {
      const ours = figure(of(who));
      const met = atMost(ours.median, 15) && atMost(ours.p90, 40);
      const lowest = compared(floor, of(floor));
      return { what, unit: 'ms', ours, peers, lowest, goal: 'median <= 15, p90 <= 40', met } as const;
    };
    return [
      row('listen -> "healthy", http probe', 'ours', 'HTTP poll 20 ms'),
      row('listen -> "healthy", tcp probe', 'ours-tcp', 'TCP poll 20 ms'),
    ];
  },
};

const http = (port: number): string => `http-get://127.0.0.1:${port}/health`;

async function oursNotices(rig: Rig, port: number, delay: number, probe: object = { health: '/health' }): Promise<number> {
  const command = ['node', serviceFile('server.cjs'), '${port}', String(delay)];
  rig.configure({ server: { command: command.map((word) => word.replace('${port}', String(port))), port, ...probe } });
  const healthy = rig.next('server', 'to be healthy', ({ health }) => health === 'healthy');
  rig.start('server');
  const { at } = await healthy;
  const listened = rig.terminals.runOf('server')?.lines.find((line) => line.startsWith('listening'));
  await rig.stopAll();
  return at - momentOf(listened ?? (await lateLine(rig)));
}

/** The server's own line may come after the answer to the probe. */
async function lateLine(rig: Rig): Promise<string> {
  await pause(50);
  return rig.terminals.runOf('server')?.lines.find((line) => line.startsWith('listening')) ?? '';
}

export const momentOf = (line: string): number => {
  const moment = Number(line.split(' ')[1]);
  if (!Number.isFinite(moment)) throw new Error(`The server did not tell the time: "${line}"`);
  return moment;
};

async function noticed(cwd: string, port: number, delay: number, wait: () => Promise<unknown>): Promise<number> {
  const args = [serviceFile('server.cjs'), String(port), String(delay)];
  const child = spawn('node', args, { cwd, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const line = new Promise<string>((resolve) => child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString())));
  try {
    await within('a server to be noticed', 20_000, wait());
    const at = now();
    return at - momentOf(await line);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

async function polled(ask: () => Promise<boolean>): Promise<void> {
  while (!(await ask())) await pause(20);
}

/** A server's first answer takes it longer than the ones that follow; that is part of this figure, as it is of ours. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ port, host: '127.0.0.1', path: '/health', agent: false }, (response) => {
      response.resume().once('end', () => resolve(true));
    });
    request.once('error', () => resolve(false));
  });
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
