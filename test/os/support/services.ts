/** Real process trees, started as a task terminal starts them: the leader leads a session of its own and carries the marker. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TreeRoot } from '../../../src/app/ports';
import { createProcessTable } from '../../../src/os/processTable/index';
import { isAlive } from '../../support/processes';
import { findPythonWithFastApi } from '../../support/python';
import type { Cleanup } from './cleanup';
import { until } from './until';
import { makeFolder } from '../../support/scratch';

export const python = findPythonWithFastApi() ?? '/usr/bin/python3';

/** Starts the command behind it in a session of its own. macOS has Perl, and no program `setsid`. */
export const setsid = "perl -MPOSIX -e 'setsid; exec @ARGV'";

export interface Started {
  readonly root: TreeRoot;
  readonly child: ChildProcess;
  readonly folder: string;
  /** All living processes of this run, found without the code under test. */
  readonly living: () => readonly number[];
}

export interface Recipe {
  /** For /bin/sh. */
  readonly command: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** Everything of the run is killed by the clean-up, whatever the test did. */
export async function start(recipe: Recipe, cleanup: Cleanup): Promise<Started> {
  const folder = makeFolder('tree');
  cleanup.add(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const [name, text] of Object.entries(recipe.files ?? {})) writeFileSync(join(folder, name), text);
  const marker = randomUUID();
  // Without what npm tells the tests, which it runs to be silent: a service that is an npm script would be silent too.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('npm_'));
  const env = { ...Object.fromEntries(inherited), SERVICE_LIFECYCLE_RUN: marker, PYTHON: python, NODE: process.execPath };
  const child = spawn('/bin/sh', ['-c', recipe.command], { cwd: folder, env, detached: true, stdio: 'ignore' });
  const { pid } = child;
  if (pid === undefined) throw new Error(`It did not start: ${recipe.command}`);
  const living = (): readonly number[] => livingOf(pid, marker);
  cleanup.add(() => endMarked(pid, marker));
  const identity = await createProcessTable().identify(pid);
  if (identity.kind === 'unavailable' || identity.value === undefined) throw new Error('It ended at once.');
  const port = recipe.port === undefined ? {} : { port: recipe.port };
  return { root: { process: identity.value, marker, ...port }, child, folder, living };
}

export const livingOf = (pid: number, marker: string): readonly number[] =>
  process.platform === 'linux' ? [...new Set([...(isAlive(pid) ? [pid] : []), ...marked(marker)])] : listedOf(pid, marker);

/** Kills the process and everything with the marker. */
export const endMarked = (pid: number, marker: string): Promise<void> =>
  until('the clean-up has ended all', () => endAll(livingOf(pid, marker)));

function endAll(pids: readonly number[]): boolean {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone meanwhile.
    }
  }
  return pids.length === 0;
}

function marked(marker: string): readonly number[] {
  const needle = `SERVICE_LIFECYCLE_RUN=${marker}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && isAlive(pid) && textOf(`/proc/${pid}/environ`).includes(needle));
}

/** ps -E shows no environment of what Apple has signed, such as its shells: those are found by their group and their parents. */
function listedOf(pid: number, marker: string): readonly number[] {
  const text = execFileSync('ps', ['-axEww', '-o', 'pid=,ppid=,pgid=,stat=,command='], { encoding: 'utf8', maxBuffer: 1 << 26 });
  const found = new Set([pid]);
  const rows = text.split('\n').flatMap((line) => {
    const [, each, parent, group, state = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)/.exec(line) ?? [];
    const isOurs = Number(group) === pid || line.includes(`SERVICE_LIFECYCLE_RUN=${marker}`);
    return state === '' || state.startsWith('Z') ? [] : [{ pid: Number(each), ppid: Number(parent), isOurs }];
  });
  // The set grows while it is walked.
  for (const row of rows) if (row.isOurs) found.add(row.pid);
  for (const parent of found) for (const row of rows) if (row.ppid === parent) found.add(row.pid);
  return rows.filter((row) => found.has(row.pid) && row.pid !== process.pid).map((row) => row.pid);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
