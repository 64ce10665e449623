/** Starts programs of Windows for a test, and ends what is left of them. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../../src/core/model/process';
import type { SystemProcessTable } from '../../src/os/processTable/table';
import { makeFolder } from '../support/scratch';

/** A program that does nothing until it is ended. */
export const idle = 'setInterval(() => {}, 1000)';

/** Notes that it is running: until then Wine may list it with another start time than it has afterwards. */
const announcing = "require('node:fs').writeFileSync(require('node:path').join(process.env.STARTED, String(process.pid)), '');";

/** Starts `script` once more as a child and prints nothing; `then` runs afterwards. */
export const spawning = (script: string, then: string): string =>
  `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(announcing + script)}], { stdio: 'ignore', detached: true }).unref(); ${then}`;

export interface Options {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export class Programs {
  readonly #started: ChildProcess[] = [];
  readonly #folder = makeFolder('started');

  /** Runs a script in a Node of its own. */
  async node(script: string, args: readonly string[] = [], { cwd, env }: Options = {}): Promise<number> {
    const all = { ...process.env, STARTED: this.#folder, ...env };
    const child = spawn(process.execPath, ['-e', script, ...args], { cwd, env: all, stdio: 'ignore' });
    this.#started.push(child);
    await once(child, 'spawn');
    if (child.pid === undefined) throw new Error('It has no pid.');
    return child.pid;
  }

  /** Whether a child that `spawning` made is running. */
  isRunning(pid: number): boolean {
    return existsSync(join(this.#folder, String(pid)));
  }

  /** Ends what was started. A child that was not waited for keeps its pid. */
  end(): void {
    for (const child of this.#started.splice(0)) child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder);
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
