/** Ten services at once: each keeps its terminal, and nothing of them is left afterwards. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { isAlive } from '../support/processes';
import { about, canBind, freePort, server } from './support/server';
import { cleanUp, configure, unique } from './support/services';

/** Returns every process of this machine with the mark of one of the services. Linux only; elsewhere it returns none. */
function marked(mark: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const variables = environmentOf(pid);
      return (
        variables.includes(`TEST_MARK=${mark}`) && variables.some((variable) => variable.startsWith('SERVICE_LIFECYCLE_RUN='))
      );
    });
}

/** Empty when the process is gone, is a zombie, or belongs to another user. */
function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

describe('ten services', () => {
  afterEach(cleanUp);

  it('start together, are all healthy in their own terminals, and stop together without a trace', async () => {
    const mark = unique('mark');
    const ids = Array.from({ length: 10 }, (_, index) => unique(`web${index}`));
    const ports = await Promise.all(ids.map(() => freePort()));
    const env = { TEST_MARK: mark, CHILDREN: '1' };
    const configs = ids.map((id, index) => [id, server(ports[index] ?? 0, { env })] as const);
    const api = await configure(Object.fromEntries(configs));

    const started = await Promise.all(ids.map((id) => api.start(id)));
    assert.deepEqual(
      started.filter(({ health }) => health !== 'healthy'),
      [],
    );
    const pids = started.map(({ pid }) => pid);
    const served = await Promise.all(ports.map((port) => about(port)));
    assert.deepEqual(
      served.map(({ pid }) => pid),
      pids,
    );
    assert.equal(new Set(pids).size, 10);
    assert.equal(vscode.window.terminals.length, 10);
    const all = served.flatMap(({ pid, children }) => [pid, ...children]);
    assert.equal(all.length, 20);
    if (process.platform === 'linux') assert.deepEqual([...marked(mark)].sort(), [...all].sort());

    const stopped = await Promise.all(ids.map((id) => api.stop(id)));
    assert.deepEqual(
      stopped.filter(({ lifecycle, reason }) => lifecycle !== 'stopped' || reason !== undefined),
      [],
    );
    assert.deepEqual(all.filter(isAlive), []);
    assert.deepEqual(marked(mark), []);
    assert.deepEqual(
      await Promise.all(ports.map(canBind)),
      ports.map(() => true),
    );
  }).timeout(60_000);
});
