/** The end of a process in its task terminal -> snapshot, beside VS Code's own event of the same end. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { awaitSnapshot, cleanUp, configure, folder, theApi } from '../../host/support/services';
import { now, pause, within } from '../time';
import type { EndsAnswer, Order } from './order';

type EndsOrder = Extract<Order, { kind: 'ends' }>;

export async function ends({ count, server, port }: EndsOrder): Promise<EndsAnswer> {
  const moments = join(folder(), 'moments');
  const seen = { exit: { snapshot: [], editor: [] }, SIGKILL: { snapshot: [], editor: [] } } as {
    [K in keyof EndsAnswer]: { snapshot: number[]; editor: number[] };
  };
  await configure({ server: { command: ['node', server, String(port)], port, env: { MOMENTS: moments } } });
  const api = await theApi();
  for (let at = 0; at < 2 * count; at += 1) {
    const way = at % 2 === 0 ? 'exit' : 'SIGKILL';
    await api.start('server');
    const { pid } = await awaitSnapshot('server', ({ health }) => health === 'healthy');
    if (pid === undefined) throw new Error('A healthy service has no pid.');
    await pause(100 + Math.random() * 60);
    const snapshot = within('the snapshot to tell the end', 10_000, snapshotEnds());
    const editor = within('the editor to tell the end', 10_000, taskEnds());
    const before = now();
    // The server takes SIGINT as a reason to close and exit by itself, which nobody asked the extension for.
    process.kill(pid, way === 'exit' ? 'SIGINT' : 'SIGKILL');
    const [told, toldByEditor] = await Promise.all([snapshot, editor]);
    const ended = way === 'exit' ? await lastMoment(moments) : before;
    seen[way].snapshot.push(told - ended);
    seen[way].editor.push(toldByEditor - ended);
    await awaitSnapshot('server', ({ lifecycle }) => lifecycle === 'failed' || lifecycle === 'exited' || lifecycle === 'stopped');
  }
  await cleanUp();
  return seen;
}

async function snapshotEnds(): Promise<number> {
  const api = await theApi();
  return new Promise((resolve) => {
    const subscription = api.onDidChange(({ lifecycle }) => {
      if (lifecycle === 'running') return;
      subscription.dispose();
      resolve(now());
    });
  });
}

function taskEnds(): Promise<number> {
  return new Promise((resolve) => {
    const subscription = vscode.tasks.onDidEndTaskProcess(({ execution }) => {
      if (execution.task.definition['service'] !== 'server') return;
      subscription.dispose();
      resolve(now());
    });
  });
}

async function lastMoment(file: string): Promise<number> {
  const line = (await readFile(file, 'utf8')).trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('closed')) throw new Error(`The server did not tell its end but "${line}".`);
  return Number(line.split(' ')[1]);
}
