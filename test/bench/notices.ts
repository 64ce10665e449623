/** End of a process -> snapshot, with and without a probe that is in flight, when the editor's own report comes late. */
import { freePort, serviceFile } from './context';
import type { Context } from './context';
import { Rig } from './rig';
import { atMost, figure } from './row';
import type { Row } from './row';
import { momentOf } from './ready';
import { now, pause } from './time';

type Way = 'exit' | 'SIGKILL';

interface Case {
  readonly what: string;
  readonly limit: number;
  /** Keys of services.json. */
  readonly health: object;
}

/** VS Code reports the end of a task after this time. */
const reportDelayMs = 400;
/** The fast rate of the first seconds is over. */
const quietMs = 5500;

const cases: readonly Case[] = [
  {
    what: 'with a probe in flight',
    limit: 100,
    health: { health: { http: '/', interval: '500ms', timeout: '60s' } },
  },
  { what: 'of any service', limit: 300, health: { role: 'backend' } },
];

export async function noticeRows(context: Context): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const each of cases) {
    for (const way of ['exit', 'SIGKILL'] as const) {
      const ours = figure(await noticesOf(each, way, context));
      const value = each.limit === 100 ? ours.median : ours.longest;
      const goal = each.limit === 100 ? 'median <= 100' : 'longest <= 300';
      rows.push({ what: `${way} -> snapshot, ${each.what}`, unit: 'ms', ours, peers: [], goal, met: atMost(value, each.limit) });
    }
  }
  return rows;
}

/** Several services at a time, since each has to wait for the quiet rate. */
async function noticesOf(each: Case, way: Way, { scratch, full }: Context): Promise<readonly number[]> {
  const rig = new Rig(scratch);
  rig.terminals.reportDelayMs = reportDelayMs;
  const names = Array.from({ length: full ? 30 : 10 }, (_, at) => `s${at}`);
  try {
    const entries = await Promise.all(names.map(async (name) => [name, await entry(each)] as const));
    rig.configure(Object.fromEntries(entries));
    const up = names.map((name) =>
      rig.next(name, 'to run', ({ lifecycle, health }) => lifecycle === 'running' && health !== 'unknown'),
    );
    for (const name of names) rig.start(name);
    await Promise.all(up);
    await pause(quietMs);
    const seen: number[] = [];
    for (const name of names) {
      await pause(100 + Math.random() * 250);
      seen.push(await noticeOf(name, way, rig));
    }
    return seen;
  } finally {
    await rig.stopAll();
    rig.dispose();
  }
}

async function entry({ health }: Case): Promise<object> {
  const port = await freePort();
  const command = ['node', serviceFile('holding.cjs'), String(port)];
  return 'health' in health ? { command, port, ...health } : { command, ...health };
}

async function noticeOf(name: string, way: Way, rig: Rig): Promise<number> {
  const failed = rig.next(name, 'to be seen to end', ({ lifecycle }) => lifecycle === 'failed');
  const run = rig.terminals.runOf(name);
  const at = now();
  if (way === 'SIGKILL') run?.child.kill('SIGKILL');
  else run?.child.stdin?.write('exit\n');
  const noticed = (await failed).at;
  if (way === 'SIGKILL') return noticed - at;
  await pause(50);
  return noticed - momentOf(run?.lines.find((line) => line.startsWith('exiting')) ?? '');
}
