/** A tiny service that notes each of its starts in its folder, so that whoever restarts it is seen doing so. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceFile } from './context';
import { now, within } from './time';

export const script = 'noted.sh';

export class Noted {
  readonly #watcher: FSWatcher;
  #size = 0;
  #told: (at: number) => void = () => undefined;

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    copyFileSync(serviceFile(script), join(folder, script));
    execFileSync('mkfifo', [join(folder, 'order')]);
    this.#watcher = watch(folder, () => this.#look());
  }

  /** The moment of the next start. */
  next(patience = 20_000): Promise<number> {
    return within('a new process', patience, new Promise<number>((resolve) => (this.#told = resolve)));
  }

  /** Of the latest start. */
  pid(): number {
    return Number(readFileSync(join(this.folder, 'started'), 'utf8').trim().split('\n').at(-1));
  }

  /** Lets it end by itself; gives back the moment before. */
  async exit(): Promise<number> {
    const order = await open(join(this.folder, 'order'), 'w');
    const at = now();
    await order.write('now\n');
    await order.close();
    return at;
  }

  kill(): number {
    const pid = this.pid();
    const at = now();
    process.kill(pid, 'SIGKILL');
    return at;
  }

  dispose(): void {
    this.#watcher.close();
  }

  #look(): void {
    const at = now();
    const size = statSync(join(this.folder, 'started'), { throwIfNoEntry: false })?.size ?? 0;
    if (size <= this.#size) return;
    this.#size = size;
    this.#told(at);
  }
}
