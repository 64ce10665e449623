/** Windows in which services, or plain tasks, run and nothing happens but probes. */
import * as vscode from 'vscode';
import { cleanUp, configure } from '../../host/support/services';
import { processorTime } from '../../support/processorTime';
import { until } from '../../support/poll';
import { pause } from '../time';
import { collect, collectingDuring, heapMegabytes, residentMegabytes, youngMegabytes } from './gauge';
import type { Aftermath, Order, WatchAnswer, Watched } from './order';
import { startPlainTask } from './plainTasks';
import { allocating, profiled } from './profiled';
import { entry, startSome, together } from './scale';

type WatchOrder = Extract<Order, { kind: 'watch' }>;

/** The end of a start takes so long, in ms: the first looks at new processes are frequent, and V8 clears up after it. */
const settleMs = 30_000;

/**
 * V8 enlarges its space for young objects while much is started. Until it gives that back, nearly all of its collections are full ones, for
 * the buffers of VS Code's search for ports, and these cost more than watching does. It is waited for so long, in ms.
 */
const maxAftermathMs = 240_000;
const aftermathStepMs = 10_000;
const usualYoungMegabytes = 17;

/** V8 gives memory back some time after a collection, and not all of it after the first. */
const collections = 4;
const collectionPauseMs = 1500;

/** Long enough for several looks of everything that looks. */
const allocationMs = 20_000;

export const watchSizes = (order: WatchOrder): Promise<WatchAnswer> =>
  order.what === 'services' ? services(order) : plainTasks(order);

async function services(order: WatchOrder): Promise<WatchAnswer> {
  const { server, ports, sizes } = order;
  await vscode.commands.executeCommand('serviceLifecycle.services.focus');
  const seen: Watched[] = [];
  let running = 0;
  for (const size of sizes) {
    await configure(Object.fromEntries(ports.slice(0, size).map((port, at) => [`s${at}`, entry(server, port)])));
    await allocating(order.profiles, `start of ${order.what}-${size}`, async () => {
      for (; running < size; running = Math.min(size, running + together))
        await startSome(running, Math.min(size, running + together));
    });
    seen.push(await watched(size, order));
  }
  await cleanUp();
  return seen;
}

/** The extension is not activated in a folder without services. */
async function plainTasks(order: WatchOrder): Promise<WatchAnswer> {
  const { server, ports, sizes } = order;
  const running: vscode.TaskExecution[] = [];
  const seen: Watched[] = [];
  for (const size of sizes) {
    while (running.length < size) {
      const next = ports.slice(running.length, Math.min(size, running.length + together));
      running.push(...(await Promise.all(next.map((port) => startPlainTask(server, port)))));
    }
    seen.push(await watched(size, order));
  }
  for (const execution of running) execution.terminate();
  await until('the plain tasks to end', () => !vscode.tasks.taskExecutions.some((each) => running.includes(each)), 60_000);
  return seen;
}

async function watched(size: number, { windows, seconds, profiles, what }: WatchOrder): Promise<Watched> {
  const aftermath = await settled();
  const cpu: number[] = [];
  const held = await collectingDuring(() =>
    profiled(profiles, `${what}-${size}`, async () => {
      while (cpu.length < windows) cpu.push(await usedIn(seconds));
    }),
  );
  const collecting = held / (windows * seconds * 10);
  if (profiles !== undefined) await allocating(profiles, `${what}-${size}`, () => pause(allocationMs));
  for (let times = 0; times < collections; times += 1) {
    collect();
    await pause(collectionPauseMs);
  }
  return { size, aftermath, cpu, collecting, held: residentMegabytes(), heap: heapMegabytes(), young: youngMegabytes() };
}

async function settled(): Promise<Aftermath | undefined> {
  await pause(settleMs);
  if (youngMegabytes() <= usualYoungMegabytes) return undefined;
  const parts: number[] = [];
  while (youngMegabytes() > usualYoungMegabytes && parts.length * aftermathStepMs < maxAftermathMs)
    parts.push(await usedIn(aftermathStepMs / 1000));
  const cpu = parts.reduce((sum, each) => sum + each, 0) / parts.length;
  const seconds = (settleMs + parts.length * aftermathStepMs) / 1000;
  return { seconds, cpu, isOver: youngMegabytes() <= usualYoungMegabytes };
}

/** Of one core, in percent. */
async function usedIn(seconds: number): Promise<number> {
  const before = { processor: processorTime(), at: performance.now() };
  await pause(seconds * 1000);
  return (100 * (processorTime() - before.processor)) / (performance.now() - before.at);
}
