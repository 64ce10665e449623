/** What a call of a tool costs, and what `svc list` costs as a whole process, beside the list of another process manager. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { cleanUp, configure } from '../../host/support/services';
import { svc } from '../../host/support/svc';
import type { AgentsAnswer, Order } from './order';

type AgentsOrder = Extract<Order, { kind: 'agents' }>;

export async function agents({ count, services, peer }: AgentsOrder): Promise<AgentsAnswer> {
  await configure(services);
  const call = (): Promise<unknown> =>
    Promise.resolve(vscode.lm.invokeTool('services_list', { input: {}, toolInvocationToken: undefined }));
  // The first call loads what it needs, and the first svc finds its script.
  await call();
  await svc(['list', '--json']);
  const answer: AgentsAnswer = {
    call: await timed(count * 5, call),
    svc: await timed(count, () => svc(['list', '--json'])),
    peer: await timed(count, () => promisify(execFile)(peer.program, [...peer.args], { env: { ...process.env, ...peer.env } })),
  };
  await cleanUp();
  return answer;
}

async function timed(count: number, act: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const start = performance.now();
    await act();
    times.push(performance.now() - start);
  }
  return times;
}
