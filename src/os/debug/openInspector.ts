/** Asks a running Node to open its inspector, as its documentation describes: https://nodejs.org/api/process.html#signal-events */
import { readFile, readlink } from 'node:fs/promises';
import type { ProcessTable } from '../../app/ports';
import type { ProcessIdentity } from '../../core/model/process';
import { programOf } from '../../core/debug/program';

/** `refused`: it is not proven to be a Node that takes the signal, which would end any other program. */
export type Opening = 'asked' | 'gone' | 'refused';

/** The caller knows that its program is Node, and that it serves, so that its handler of the signal is there. */
export async function openInspector(target: ProcessIdentity, processes: Pick<ProcessTable, 'identify'>): Promise<Opening> {
  if (process.platform === 'linux' && !(await takesSignal(target.pid))) return 'refused';
  // As late as possible: the pid may belong to another process by now.
  const found = await processes.identify(target.pid);
  if (found.kind === 'unavailable' || found.value?.born !== target.born) return 'gone';
  try {
    if (process.platform === 'win32') debugProcess(target.pid);
    else process.kill(target.pid, 'SIGUSR1');
    return 'asked';
  } catch {
    return 'refused';
  }
}

/** SIGUSR1 is the tenth signal of Linux on every machine that VS Code runs on (signal(7)). */
const signalBit = 1n << 9n;

/** Whether the program is Node and has a handler for the signal: `SigCgt` of proc_pid_status(5). */
async function takesSignal(pid: number): Promise<boolean> {
  try {
    const [program, status] = await Promise.all([readlink(`/proc/${pid}/exe`), readFile(`/proc/${pid}/status`, 'latin1')]);
    const caught = /^SigCgt:\s*([0-9a-f]{1,32})$/m.exec(status)?.[1];
    return isNode(program) && caught !== undefined && (BigInt(`0x${caught}`) & signalBit) !== 0n;
  } catch {
    return false;
  }
}

/** A program that was replaced by an update while it runs. */
const isNode = (program: string): boolean => programOf(program.replace(/ \(deleted\)$/, '').replaceAll(' ', '_')).kind === 'node';

/** Node's own way on Windows, where there are no signals (src/node_process_methods.cc, DebugProcess); js-debug uses the same. */
function debugProcess(pid: number): void {
  const own: unknown = Reflect.get(process, '_debugProcess');
  if (typeof own !== 'function') throw new Error('This Node has no _debugProcess.');
  Reflect.apply(own, process, [pid]);
}
