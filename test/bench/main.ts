/** `npm run bench [-- --full] [-- --only part-of-a-name] [-- --profiles folder] [-- --window seconds] [-- --services 1,10,100] [-- --no-port-search]`: measures, prints a table and writes test-results/bench.json. */
import { mkdir, writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { endOnSignal } from '../support/endOnSignal';
import { resultsFolder } from '../support/repository';
import { makeScratch, removeScratch } from '../support/scratch';
import { compose } from './compose';
import type { Context, Group } from './context';
import { dashboardPage } from './dashboardPage';
import { discovery } from './discovery';
import { ends } from './ends';
import { hang } from './hang';
import { inEditor } from './inEditor';
import { endLeftOver, leftOver } from './leftOver';
import { logPage } from './logPage';
import { ports } from './ports';
import { ready } from './ready';
import type { Row } from './row';
import { stop } from './stop';
import { table } from './table';
import { trees } from './trees';
import { verdict } from './verdict';
import { watch } from './watch';

const groups: readonly Group[] = [
  ...[ready, ends, hang, stop, trees, ports, discovery, verdict, watch, compose],
  ...[logPage, dashboardPage, ...inEditor],
];

/** Single windows differ by a factor of two. */
const minWindows = 5;

export async function main(args: readonly string[]): Promise<number> {
  const options = {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    profiles: { type: 'string' },
    window: { type: 'string' },
    services: { type: 'string', default: '1,10,100' },
    'no-port-search': { type: 'boolean', default: false },
  } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (process.platform === 'win32') {
    console.error('The bench compares by signals and /bin/sh, which Windows lacks: run it on Linux or macOS.');
    return 1;
  }
  endOnSignal(['SIGINT', 'SIGTERM', 'SIGHUP']);
  const chosen = groups.filter(({ name }) => name.includes(values.only));
  // Whatever is started from here on can be told from the processes of others.
  process.env['SERVICE_LIFECYCLE_BENCH'] = String(process.pid);
  process.once('exit', endLeftOver);
  const loadBefore = loadavg();
  const started = Date.now();
  const rows: Row[] = [];
  const failures: string[] = [];
  for (const group of chosen) {
    try {
      rows.push(...(await measure(group, values)));
    } catch (error) {
      failures.push(`${group.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  const remains = await leftOver();
  const loadAfter = loadavg();
  const load = `Load average ${inShort(loadBefore)} before, ${inShort(loadAfter)} after; ${seconds} s.`;
  console.log(`\n${table(rows)}\n\n${load}\n${remains}`);
  for (const failure of failures) console.error(`Not measured: ${failure}`);
  await mkdir(resultsFolder, { recursive: true });
  const file = join(resultsFolder, 'bench.json');
  const report = { full: values.full, seconds, loadBefore, loadAfter, remains, failures, rows };
  await writeFile(file, `${JSON.stringify(report, undefined, 2)}\n`);
  console.log(`Written to ${file}.`);
  return failures.length > 0 ? 1 : 0;
}

const inShort = (load: readonly number[]): string => load.map((each) => each.toFixed(1)).join(' ');

interface Values {
  readonly full: boolean;
  readonly profiles?: string | undefined;
  readonly window?: string | undefined;
  readonly services: string;
  readonly 'no-port-search': boolean;
}

async function measure(group: Group, values: Values): Promise<readonly Row[]> {
  const { full, profiles, window, services } = values;
  const scratch = await makeScratch('bench');
  const say = (line: string): void => console.log(`  ${line}`);
  console.log(`${group.name}: ${loadavg()[0]?.toFixed(1) ?? '?'} load`);
  const seconds = Number(window ?? (full ? 60 : 10));
  const windows = { count: minWindows, seconds, services: services.split(',').map(Number) };
  const searchesPorts = !values['no-port-search'];
  const folder = profiles === undefined ? undefined : resolve(profiles);
  const context: Context = { scratch, full, windows, searchesPorts, say, profiles: folder };
  try {
    return await group.measure(context);
  } finally {
    await removeScratch(scratch);
  }
}
