/** What VS Code's extension host calls: carries out one order and writes the answer. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { folder } from '../../host/support/services';
import { reportMark } from '../../support/reportMark';
import { activation } from './activation';
import { agents } from './agents';
import { ends } from './ends';
import { flood } from './flood';
import { answerFile, orderFile } from './order';
import type { Order } from './order';
import { plainTasks } from './plainTasks';
import { scale } from './scale';

/** Rejects when it could not be measured, which VS Code turns into its exit code. */
export async function run(): Promise<void> {
  // The bench outside wrote it.
  const order = JSON.parse(await readFile(join(folder(), orderFile), 'utf8')) as Order;
  try {
    await writeFile(join(folder(), answerFile), JSON.stringify(await carryOut(order)));
  } catch (error) {
    console.log(`${reportMark}${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    throw error;
  }
}

function carryOut(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'agents':
      return agents(order);
    case 'activation':
      return activation(order);
    case 'ends':
      return ends(order);
    case 'scale':
      return scale(order);
    case 'plainTasks':
      return plainTasks(order);
    case 'flood':
      return flood(order);
  }
}
