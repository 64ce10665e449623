/** Starts programs of Windows for a test, and ends what is left of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ProcessIdentity } from '../../src/core/model/process';
import type { SystemProcessTable } from '../../src/os/processTable/table';

/** A program that does nothing until it is ended. */
export const idle = 'setInterval(() => {}, 1000)';

/** Starts `script` once more as a child and prints nothing; `then` runs afterwards. */
export const spawning = (script: string, then: string): string =>
  `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(script)}], { stdio: 'ignore', detached: true }).unref(); ${then}`;

export interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class Programs {
  readonly #started: ChildProcess[] = [];

  /** Runs a script in a Node of its own. */
  async node(script: string, args: readonly string[] = [], { cwd, env }: Options = {}): Promise<number> {
    const child = spawn(process.execPath, ['-e', script, ...args], { cwd, env: { ...process.env, ...env }, stdio: 'ignore' });
    this.#started.push(child);
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error('It has no pid.');
    return child.pid;
  }

  /** Ends what was started. A child that was not waited for keeps its pid. */
  end(): void {
    for (const child of this.#started.splice(0)) child.kill();
  }
}

/** Polls until the condition holds; fails after 20 s, naming what was waited for. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 20_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`In vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function identityOf(table: SystemProcessTable, pid: number): Promise<ProcessIdentity> {
  const identity = await table.identify(pid);
  if (identity.kind !== 'known' || identity.value === undefined) throw new Error(`pid ${pid} has no identity.`);
  return identity.value;
}
