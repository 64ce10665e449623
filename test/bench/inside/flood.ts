/** A service that writes without end: what the extension host's memory does, and how much slower it is than in a plain task terminal. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../../support/poll';
import { cleanUp, configure, folder, removeFile, theApi } from '../../host/support/services';
import { pause } from '../time';
import { processorTime } from '../../support/processorTime';
import { collect, residentMegabytes } from './gauge';
import type { FloodAnswer, Flooded, Order } from './order';

type FloodOrder = Extract<Order, { kind: 'flood' }>;

/**
 * No flood takes longer, in ms, unless VS Code stops reading the terminal: it waits for ever once exactly 5,000 characters are left to
 * be acknowledged (seen in 1.139.1), in the rounds of plain tasks, too. Such a round is counted and repeated.
 */
const patience = 2 * 60_000;
const mostTries = 8;

export async function flood({ server, megabytes, rounds }: FloodOrder): Promise<FloodAnswer> {
  const plain: Flooded[] = [];
  const service: Flooded[] = [];
  const stuck = { plain: 0, service: 0 };
  const words = (file: string): string[] => [server, String(megabytes), join(folder(), file)];
  await configure({ flood: { command: ['node', ...words('service-done')], role: 'worker' } });
  for (let tries = 0; service.length < rounds && tries < mostTries; tries += 1) {
    if (plain.length === service.length) {
      const flooded = await measured(() => plainTask(words('plain-done')));
      if (flooded === undefined) stuck.plain += 1;
      else plain.push(flooded);
    } else {
      const flooded = await measured(asService);
      if (flooded === undefined) stuck.service += 1;
      else service.push(flooded);
    }
  }
  await cleanUp();
  return { plain, service, stuck };
}

async function settledMemory(): Promise<number> {
  await pause(1500);
  collect();
  await pause(500);
  return residentMegabytes();
}

/** Undefined when VS Code stopped reading. */
async function measured(work: () => Promise<number | undefined>): Promise<Flooded | undefined> {
  const before = await settledMemory();
  const processor = processorTime();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, residentMegabytes())), 200);
  try {
    const took = await work();
    const used = processorTime() - processor;
    if (took === undefined) return undefined;
    return { took, grown: most - before, kept: (await settledMemory()) - before, processor: used };
  } finally {
    clearInterval(timer);
  }
}

async function plainTask(words: string[]): Promise<number | undefined> {
  const execution = new vscode.ProcessExecution('node', words);
  const task = new vscode.Task({ type: 'process' }, vscode.TaskScope.Workspace, 'plain flood', 'bench', execution, []);
  task.presentationOptions = { reveal: vscode.TaskRevealKind.Never, panel: vscode.TaskPanelKind.Dedicated };
  const running = await vscode.tasks.executeTask(task);
  try {
    return await done('plain-done');
  } finally {
    running.terminate();
    await until('the plain task to end', () => !vscode.tasks.taskExecutions.includes(running));
  }
}

async function asService(): Promise<number | undefined> {
  const api = await theApi();
  await api.start('flood');
  const took = await done('service-done');
  await api.stop('flood');
  return took;
}

async function done(file: string): Promise<number | undefined> {
  const took = await until(`${file} to be written`, () => readFile(join(folder(), file), 'utf8'), patience).catch(
    () => undefined,
  );
  if (took === undefined) return undefined;
  await removeFile(file);
  return Number(took);
}
