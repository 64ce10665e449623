/** The signal that opens the inspector of Node, with real processes: it would end any other program. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openInspector } from '../../../src/os/debug/openInspector';
import { createProcessTable } from '../../../src/os/processTable/index';
import type { ProcessIdentity } from '../../../src/core/model/process';
import { itOn } from '../../support/systems';

const processes = createProcessTable();

async function identityOf({ pid = 0 }: ChildProcess): Promise<ProcessIdentity> {
  const found = await processes.identify(pid);
  assert.ok(found.kind === 'known' && found.value !== undefined, 'the process is there');
  return found.value;
}

/** The first output that matches. */
async function written(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<void> {
  let text = '';
  for await (const chunk of stream ?? []) {
    text += String(chunk);
    if (pattern.test(text)) return;
  }
  assert.fail(`It wrote only ${text}`);
}

describe('os: the inspector of a running Node', () => {
  const children: ChildProcess[] = [];
  const start = (program: string, ...args: readonly string[]): ChildProcess => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('is opened by its signal', async () => {
    const program = 'process.stdin.resume(); console.log("up")';
    const child = start(process.execPath, '--inspect-port=127.0.0.1:0', '-e', program);
    await written(child.stdout, /up/);
    assert.equal(await openInspector(await identityOf(child), processes), 'asked');
    await written(child.stderr, /Debugger listening on ws:\/\/127\.0\.0\.1:\d+/);
  });

  // Elsewhere the command line alone shows what is Node, which the caller has read.
  itOn(['linux'], 'is not asked for of another program, which the signal would end', async () => {
    // It takes the signal, and is no Node; the other one does not take it.
    for (const script of ['trap "" USR1; echo up; read x', 'echo up; read x', 'trap "echo hit" USR1; echo up; read x']) {
      const child = start('bash', '-c', script);
      await written(child.stdout, /up/);
      assert.equal(await openInspector(await identityOf(child), processes), 'refused');
      child.stdin?.end('x\n');
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      assert.deepEqual([code, signal], [0, null]);
    }
  });

  it('is not asked for of a process that has the pid of one that is gone', async () => {
    const child = start(process.execPath, '-e', 'process.stdin.resume(); console.log("up")');
    await written(child.stdout, /up/);
    const { pid } = await identityOf(child);
    assert.equal(await openInspector({ pid, born: 'another' }, processes), 'gone');
    child.stdin?.end();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });
});
