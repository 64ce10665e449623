/** What it costs to watch services while nothing happens, and how soon an end is noticed all the same. */
import { freePorts } from '../support/freePort';
import { serviceFile } from './context';
import type { Context, Group } from './context';
import { Editor } from './editor';
import type { Aftermath, Order, WatchAnswer, Watched } from './inside/order';
import { differenceOf, intervalOf, inWords } from './interval';
import { keptRow } from './kept';
import { noticeRows } from './notices';
import { atMost, figure } from './row';
import type { Row } from './row';

/** In points of a core. A few services are compared with an editor without any, many with as many plain tasks. */
const limits: Readonly<Record<number, { readonly points: number; readonly above: 'no services' | 'plain tasks' }>> = {
  1: { points: 0.2, above: 'no services' },
  10: { points: 0.3, above: 'no services' },
  100: { points: 1.5, above: 'plain tasks' },
};

const maxMegabytes = 30;

export const watch: Group = {
  name: 'watch',
  async measure(context) {
    const rows = [...(await noticeRows(context)), keptRow()];
    return [...rows, ...(await costs(context))];
  },
};

async function costs(context: Context): Promise<readonly Row[]> {
  const { say, windows, profiles, searchesPorts } = context;
  const ports = await freePorts(100);
  const editor = await Editor.open(context);
  try {
    const carryOut = async (what: 'services' | 'plainTasks'): Promise<WatchAnswer> => {
      const common = { kind: 'watch', what, server: serviceFile('answer.py'), ports, sizes: [0, ...windows.services] } as const;
      const order: Order = { ...common, windows: windows.count, seconds: windows.seconds, ...(profiles && { profiles }) };
      const answer = (await editor.carryOut(order)) as WatchAnswer;
      for (const each of answer) say(`${what}: ${JSON.stringify(each)}`);
      return answer;
    };
    const plain = await carryOut('plainTasks');
    const ours = await carryOut('services');
    const over = `${windows.count} windows of ${windows.seconds} s${searchesPorts ? '' : ', without the search for ports of VS Code'}`;
    return ours.flatMap((each) => rowsOf(each, plain, over));
  } finally {
    await editor.close();
  }
}

function rowsOf(watched: Watched, plain: WatchAnswer, windows: string): readonly Row[] {
  const { size, aftermath, cpu, collecting, held, heap, young } = watched;
  const [none] = plain;
  const tasks = plain.find((each) => each.size === size);
  if (none === undefined || tasks === undefined) return [];
  const name = `${size} service${size === 1 ? '' : 's'}`;
  const limit = limits[size];
  const above = { 'no services': differenceOf(cpu, none.cpu), 'plain tasks': differenceOf(cpu, tasks.cpu) };
  const main = limit?.above ?? 'plain tasks';
  const other = main === 'plain tasks' ? 'no services' : 'plain tasks';
  const own = `VS Code's own: without extension ${inWords(intervalOf(none.cpu))} %, ${size} plain tasks ${inWords(intervalOf(tasks.cpu))} %`;
  const total = `services ${inWords(intervalOf(cpu))} %`;
  const processor: Row = {
    what: `${name}: processor above ${main}`,
    unit: '%',
    ours: figure([above[main].mean]),
    peers: [],
    note: `95 % confidence ${inWords(above[main])} points over ${windows}, above ${other} ${inWords(above[other])}; ${total}; ${own}; in collections of V8 ${collecting.toFixed(2)} %, with plain tasks ${tasks.collecting.toFixed(2)} %${inNote(aftermath)}`,
    ...goalOf(above[main].mean, limit?.points),
  };
  if (size !== 100) return [processor];
  const memory = held - tasks.held;
  const goal = { goal: `<= ${maxMegabytes}`, met: atMost(memory, maxMegabytes) };
  const note = `resident after collections: ${held.toFixed(0)} of services, ${tasks.held.toFixed(0)} of plain tasks; of the heap in use ${(heap - tasks.heap).toFixed(0)} more, reserved by V8 for young objects ${(young - tasks.young).toFixed(0)} more`;
  return [processor, { what: `${name}: memory above plain tasks`, unit: 'MB', ours: figure([memory]), peers: [], note, ...goal }];
}

const inNote = (aftermath: Aftermath | undefined): string =>
  aftermath === undefined
    ? ''
    : `; V8 ${aftermath.isOver ? 'gave' : 'had not given'} back the space of the start after ${aftermath.seconds} s, ${aftermath.cpu.toFixed(2)} % from second 30 until then`;

const goalOf = (value: number, limit: number | undefined): Pick<Row, 'goal' | 'met'> =>
  limit === undefined ? {} : { goal: `<= ${limit} points`, met: value <= limit };
